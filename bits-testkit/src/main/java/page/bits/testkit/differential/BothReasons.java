/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import page.bits.edn.Keyword;
import page.bits.testkit.Shrinker;

/// Whether a transaction that two databases refuse for two reasons is wrong in both ways.
///
/// A database names the first of several mistakes that it meets, and the order in which it looks
/// means nothing. So each reason has to hold on its own: some part of the transaction has to be
/// refused by both for it. Parts are some of its forms, or what is left when elements are deleted
/// one by one for as long as one database keeps to its reason.
final class BothReasons {
  private static final int TRIES = 200;

  /// Of more forms, only parts of the first are tried.
  private static final int FORMS_MAX = 7;

  private final Contender bits;
  private final Contender other;
  private final Reasons reasons;

  BothReasons(Contender bits, Contender other, Reasons reasons) {
    this.bits = bits;
    this.other = other;
    this.reasons = reasons;
  }

  /// Whether both reasons hold of the step at `index`, which both refuse.
  boolean hold(Program program, int index) {
    var upTo = new Program(program.steps().subList(0, index + 1));
    Optional<Keyword> key =
        Stream.of("tx", "with")
            .map(Keyword::of)
            .filter(program.steps().get(index)::containsKey)
            .findFirst();
    return key.isPresent()
        && Stream.of(bits, other)
            .allMatch(one -> isOfSomeForms(upTo, key.get(), one) || isOfWhatIsLeft(upTo, one));
  }

  private boolean isOfSomeForms(Program program, Keyword key, Contender one) {
    String code = code(program, one);
    List<Map<?, ?>> before = program.steps().subList(0, program.steps().size() - 1);
    List<?> forms = (List<?>) Objects.requireNonNull(program.steps().getLast().get(key));
    return IntStream.range(1, 1 << Math.min(forms.size(), FORMS_MAX))
        .boxed()
        .sorted(Comparator.comparing((Integer chosen) -> Integer.bitCount(chosen)))
        .map(chosen -> some(forms, chosen))
        .map(some -> followed(before, Map.of(key, some)))
        .anyMatch(part -> isShared(part, code, one));
  }

  private static List<?> some(List<?> forms, int chosen) {
    return IntStream.range(0, forms.size())
        .filter(i -> (chosen & 1 << i) != 0)
        .mapToObj(forms::get)
        .toList();
  }

  private boolean isOfWhatIsLeft(Program program, Contender one) {
    String code = code(program, one);
    List<Map<?, ?>> before = program.steps().subList(0, program.steps().size() - 1);
    var isShared = new AtomicBoolean();
    var tries = new AtomicInteger();
    Shrinker.shrink(
        program.steps().getLast(),
        step -> {
          if (isShared.get() || tries.incrementAndGet() > TRIES) {
            return false;
          }
          Program part = followed(before, (Map<?, ?>) step);
          isShared.set(isShared(part, code, one));
          return code(part, one).equals(code);
        });
    return isShared.get();
  }

  private static Program followed(List<Map<?, ?>> steps, Map<?, ?> last) {
    return new Program(Stream.concat(steps.stream(), Stream.of(last)).toList());
  }

  /// Whether both refuse it for one reason, which is that of `one`.
  private boolean isShared(Program part, String code, Contender one) {
    return code(part, one).equals(code)
        && switch (Verdict.of(last(part, bits), last(part, other), reasons)) {
          case Verdict.SameReason _, Verdict.KnownReason _ -> true;
          case Verdict.SameAnswer _, Verdict.OtherReason _, Verdict.Differs _ -> false;
        };
  }

  private static Outcome last(Program program, Contender contender) {
    return Play.of(program, contender).getLast();
  }

  private static String code(Program program, Contender contender) {
    return last(program, contender) instanceof Outcome.Refused(var refusal) ? refusal.code() : "";
  }
}
