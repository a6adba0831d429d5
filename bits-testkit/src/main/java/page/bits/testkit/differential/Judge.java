/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import page.bits.testkit.Shrinker;

/// Plays programs on two contenders and says where they differ.
public final class Judge {
  /// One step, counted from 0, with two outcomes.
  public record Difference(
      int index, Map<?, ?> step, Outcome bits, Outcome other, boolean isOfReasonOnly) {
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
  private long steps;
  private long answered;

  public Judge(Contender bits, Contender other) {
    this.bits = bits;
    this.other = other;
  }

  /// Steps played on both so far, and how many of them Bits answered.
  public long steps() {
    return steps;
  }

  public long answered() {
    return answered;
  }

  /// Every difference of the program, in the order of its steps.
  public List<Difference> differences(Program program) {
    return differences(program, Play.of(program, other));
  }

  /// As [#differences(Program)], with the answers of the other side given.
  public List<Difference> differences(Program program, List<Outcome> theirs) {
    List<Outcome> ours = Play.of(program, bits);
    var differences = new ArrayList<Difference>();
    for (int i = 0; i < ours.size(); i++) {
      steps++;
      answered += ours.get(i) instanceof Outcome.Answered ? 1 : 0;
      switch (Verdict.of(ours.get(i), theirs.get(i))) {
        case Verdict.Agreed _ -> {}
        case Verdict.OtherReason _ ->
            differences.add(
                new Difference(i, program.steps().get(i), ours.get(i), theirs.get(i), true));
        case Verdict.Differs _ ->
            differences.add(
                new Difference(i, program.steps().get(i), ours.get(i), theirs.get(i), false));
      }
    }
    return differences;
  }

  /// The first difference that is more than another reason for refusing, or than what is not built
  /// yet.
  public Optional<Difference> difference(Program program) {
    return first(differences(program));
  }

  /// The first of these that is more than that.
  public static Optional<Difference> first(List<Difference> differences) {
    return differences.stream()
        .filter(each -> !each.isOfReasonOnly() && !each.isLater())
        .findFirst();
  }

  /// The program as small as it can be made while its first difference is of the same kind.
  public Program shrunk(Program program, Difference shown) {
    long before = steps;
    long answeredBefore = answered;
    Object shrunk =
        Shrinker.shrink(
            program.steps(),
            candidate ->
                difference(Program.of(candidate))
                    .filter(each -> each.signature().equals(shown.signature()))
                    .isPresent());
    steps = before;
    answered = answeredBefore;
    return Program.of(shrunk);
  }
}
