/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import page.bits.testkit.Shrinker;

/// Plays programs on two contenders and says where they differ.
public final class Judge {
  /// One step, counted from 0, with two outcomes.
  public record Difference(int index, Map<?, ?> step, Outcome bits, Outcome other) {
    /// Whether Bits says that it does not do this yet.
    public boolean isLater() {
      return bits instanceof Outcome.Refused(var refusal)
          && (refusal.code().equals(":bits.error/unsupported")
              || refusal.code().equals("untyped UnsupportedOperationException"));
    }

    /// What a shrunk program must still show: the kind of step and how each side ended.
    String signature() {
      return step.keySet().stream().map(String::valueOf).sorted().findFirst().orElse("")
          + ending(bits)
          + ending(other);
    }

    private static String ending(Outcome outcome) {
      return outcome instanceof Outcome.Refused(var refusal) ? " " + refusal.code() : " answered";
    }

    @Override
    public String toString() {
      return page.bits.edn.Edn.print(step)
          + "\n    bits   "
          + bits.shown()
          + "\n    other  "
          + other.shown();
    }
  }

  private final Contender bits;
  private final Contender other;
  private final Reasons reasons = Reasons.recorded();
  private Tally tally = new Tally();

  public Judge(Contender bits, Contender other) {
    this.bits = bits;
    this.other = other;
  }

  /// What was judged so far.
  public Tally tally() {
    return tally;
  }

  /// Every difference of the program, in the order of its steps. A transaction that is refused for
  /// two reasons is none if both hold.
  public List<Difference> differences(Program program) {
    var both = new BothReasons(bits, other, reasons);
    return differences(
        program, Play.of(program, bits), Play.of(program, other), i -> both.hold(program, i));
  }

  /// As [#differences(Program)], with the answers of the other side given; reasons have to be those
  /// of the table.
  public List<Difference> differences(Program program, List<Outcome> theirs) {
    return differences(program, Play.of(program, bits), theirs, _ -> false);
  }

  private List<Difference> differences(
      Program program, List<Outcome> ours, List<Outcome> theirs, IntPredicate bothHold) {
    var differences = new ArrayList<Difference>();
    for (int index = 0; index < ours.size(); index++) {
      int i = index;
      switch (Verdict.of(ours.get(i), theirs.get(i), reasons)) {
        case Verdict.SameAnswer _ -> tally.answered();
        case Verdict.SameReason _ -> tally.sameReason();
        case Verdict.KnownReason known -> tally.known(known);
        case Verdict.OtherReason _ when bothHold.test(i) -> tally.bothHold();
        case Verdict.OtherReason _, Verdict.Differs _ -> {
          tally.differing();
          differences.add(new Difference(i, program.steps().get(i), ours.get(i), theirs.get(i)));
        }
      }
    }
    return differences;
  }

  /// The first difference that is more than what is not built yet.
  public Optional<Difference> difference(Program program) {
    return first(differences(program));
  }

  /// The first of these that is more than that.
  public static Optional<Difference> first(List<Difference> differences) {
    return differences.stream().filter(each -> !each.isLater()).findFirst();
  }

  /// The program as small as it can be made while its first difference is of the same kind.
  public Program shrunk(Program program, Difference shown) {
    Tally before = tally;
    tally = new Tally();
    Object shrunk =
        Shrinker.shrink(
            program.steps(),
            candidate ->
                difference(Program.of(candidate))
                    .filter(each -> each.signature().equals(shown.signature()))
                    .isPresent());
    tally = before;
    return Program.of(shrunk);
  }
}
