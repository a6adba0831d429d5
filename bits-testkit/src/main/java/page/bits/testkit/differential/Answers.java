/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;
import page.bits.edn.Tagged;

/// What Datomic answered to each probe, as it was recorded: `{:probe "row name" :answers […]}` for
/// each, a refusal as `#refused "code"`, or as `#refused ["code" "message"]` where the code says
/// little; numbers of messages are `#`.
public final class Answers {
  private static final Symbol REFUSED = Symbol.of("refused");

  private final Map<String, List<Outcome>> byProbe = new HashMap<>();

  /// Those in the resource beside the probes.
  public static Answers recorded() {
    var answers = new Answers();
    for (Object each : Edn.readAll(Probe.text("datomic-answers.edn"))) {
      Map<?, ?> form = (Map<?, ?>) Objects.requireNonNull(each);
      List<?> outcomes = (List<?>) Objects.requireNonNull(Program.get(form, "answers"));
      answers.byProbe.put(
          String.valueOf(Program.get(form, "probe")),
          outcomes.stream().map(Answers::outcome).toList());
    }
    return answers;
  }

  private static Outcome outcome(@org.jspecify.annotations.Nullable Object form) {
    return form instanceof Tagged(Symbol tag, Object said) && tag.equals(REFUSED)
        ? new Outcome.Refused(
            said instanceof List<?> list
                ? new Contender.Refusal((String) list.getFirst(), (String) list.getLast())
                : new Contender.Refusal(String.valueOf(said), ""))
        : new Outcome.Answered(form);
  }

  private static Object said(Contender.Refusal refusal) {
    return refusal.code().startsWith(":db.error/")
        ? refusal.code()
        : List.of(refusal.code(), refusal.text().lines().findFirst().orElse(""));
  }

  /// The answers to a probe; empty when it was not recorded.
  public List<Outcome> of(Probe probe) {
    return byProbe.getOrDefault(probe.title(), List.of());
  }

  /// One line of the resource.
  public static String line(Probe probe, List<Outcome> outcomes) {
    List<Object> forms =
        outcomes.stream()
            .<Object>map(
                outcome ->
                    switch (outcome) {
                      case Outcome.Answered(var value) -> new Outcome.Answered(value);
                      case Outcome.Refused(var refusal) -> new Tagged(REFUSED, said(refusal));
                    })
            .toList();
    var values = new java.util.ArrayList<@org.jspecify.annotations.Nullable Object>();
    forms.forEach(form -> values.add(form instanceof Outcome.Answered(var value) ? value : form));
    return Edn.printSorted(
        Map.of(Keyword.of("probe"), probe.title(), Keyword.of("answers"), values));
  }
}
