/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import page.bits.edn.Edn;

/// Whether two outcomes of one step agree.
public sealed interface Verdict {
  /// The same value, or refusals of the same kind.
  record Agreed() implements Verdict {}

  /// Both refused, for reasons that are not known to be the same.
  record OtherReason(String bits, String datomic) implements Verdict {}

  /// One answered what the other did not.
  record Differs() implements Verdict {}

  static Verdict of(Outcome bits, Outcome other) {
    return switch (bits) {
      case Outcome.Answered(var value) when other instanceof Outcome.Answered(var theirs) ->
          Edn.order().compare(value, theirs) == 0 ? new Agreed() : new Differs();
      case Outcome.Refused(var ours) when other instanceof Outcome.Refused(var theirs) ->
          Reasons.isSame(ours.code(), theirs)
              ? new Agreed()
              : new OtherReason(ours.code(), theirs.code());
      default -> new Differs();
    };
  }
}
