/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.util.Map;
import java.util.TreeMap;

/// What became of the steps that were judged. Used by one thread.
public final class Tally {
  private long answered;
  private long sameReason;
  private long bothHold;
  private long differing;
  private final Map<String, Long> known = new TreeMap<>();

  void answered() {
    answered++;
  }

  void sameReason() {
    sameReason++;
  }

  void known(Verdict.KnownReason reason) {
    known.merge(reason.bits() + " for " + reason.datomic() + ": " + reason.why(), 1L, Long::sum);
  }

  void bothHold() {
    bothHold++;
  }

  void differing() {
    differing++;
  }

  public long steps() {
    return answered + sameReason + knownReasons() + bothHold + differing;
  }

  /// Answered alike.
  public long sameAnswers() {
    return answered;
  }

  private long knownReasons() {
    return known.values().stream().mapToLong(Long::longValue).sum();
  }

  /// One line of counts.
  public String line() {
    return ("%d answered alike, %d refused for the same reason, %d for two reasons of which both"
            + " hold, %d for another reason that is known, %d different")
        .formatted(answered, sameReason, bothHold, knownReasons(), differing);
  }

  /// The known other reasons, with how often they came.
  public Map<String, Long> known() {
    return Map.copyOf(known);
  }
}
