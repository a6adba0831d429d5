/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import page.bits.edn.Edn;

/// Whether two outcomes of one step agree.
public sealed interface Verdict {
  /// The same value.
  record SameAnswer() implements Verdict {}

  /// Both refused, for one reason.
  record SameReason() implements Verdict {}

  /// Both refused, for two reasons; why that is right is known.
  record KnownReason(String bits, String datomic, String why) implements Verdict {}

  /// Both refused, for reasons that are not known to be the same.
  record OtherReason(String bits, String datomic) implements Verdict {}

  /// One answered what the other did not.
  record Differs() implements Verdict {}

  static Verdict of(Outcome bits, Outcome other, Reasons reasons) {
    return switch (bits) {
      case Outcome.Answered(var value) when other instanceof Outcome.Answered(var theirs) ->
          Edn.order().compare(value, theirs) == 0 ? new SameAnswer() : new Differs();
      case Outcome.Refused(var ours) when other instanceof Outcome.Refused(var theirs) ->
          reasons.verdict(ours, theirs);
      default -> new Differs();
    };
  }
}
