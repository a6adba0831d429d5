/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Random queries, as EDN text. Variables keep to one kind (`?e` entities, `?n` numbers, `?s`
/// strings); clauses are written after those that bind what they need, as Datomic asks for, and
/// hang together, since Datomic does not let an unconnected clause empty the result.
final class RandomQuery {
  private static final String RULES =
      "[[(reach ?x ?y) [?x :p/r ?y]] [(reach ?x ?y) [?x :p/r ?z] (reach ?z ?y)]"
          + " [(linked ?x ?y) [?x :p/r ?y]] [(linked ?x ?y) [?x :p/rs ?y]]"
          + " [(small [?x]) [?x :p/n ?v] [(< ?v 3)]] [(small [?x]) [?x :p/m ?v] [(< ?v 2)]]]";

  private final Random random;
  private final RandomForms forms;
  private final RandomPull pull;
  private final RandomCalls calls;

  private final Set<String> bound = new LinkedHashSet<>();
  private final List<String> where = new ArrayList<>();
  private boolean isWithRules;
  private String in = "";
  private String inputs = "";

  RandomQuery(Random random, RandomForms forms, RandomPull pull) {
    this.random = random;
    this.forms = forms;
    this.pull = pull;
    this.calls = new RandomCalls(random);
  }

  /// A query step of a view; `other` is another database value.
  String step(String view, String other, boolean isHistory) {
    bound.clear();
    where.clear();
    in = "$";
    inputs = "";
    isWithRules = false;
    input(other);
    if (bound.contains("?n0") && !bound.contains("?e0")) {
      where.add("[?e0 %s ?n0]".formatted(forms.one(List.of(":p/n", ":p/i", ":p/m"))));
      bound.add("?e0");
    }
    for (int i = random.nextInt(3); i >= 0; i--) {
      where.add(pattern(isHistory));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      clause(isHistory);
    }
    String find = find(isHistory);
    if (isWithRules) {
      in += " %";
      inputs += " " + RULES;
    }
    return "{:q [:find %s :in %s :where %s] :in [%s]%s}"
        .formatted(find, in, String.join(" ", where), inputs, view);
  }

  private void input(String other) {
    switch (random.nextInt(8)) {
      case 0 -> given("?n0", forms.number());
      case 1 -> given("[?n0 ...]", "[" + forms.number() + " " + forms.number() + "]");
      case 2 ->
          given(
              "[[?n0 ?s0]]",
              "[[%s %s] [%s %s]]"
                  .formatted(forms.number(), forms.text(), forms.number(), forms.text()));
      case 3 -> given("?e0", forms.existing());
      case 4 -> {
        in += " $o";
        inputs += " " + other;
        where.add("[$o ?e0 :p/n ?n1]");
        bound.addAll(List.of("?e0", "?n1"));
      }
      default -> {}
    }
  }

  private void given(String binding, String value) {
    in += " " + binding;
    inputs += " " + value;
    for (String name : binding.replaceAll("[\\[\\]]", " ").strip().split(" +", -1)) {
      if (name.startsWith("?")) {
        bound.add(name);
      }
    }
  }

  private String pattern(boolean isHistory) {
    List<String> known = of("?e");
    String e = known.isEmpty() ? "?e0" : forms.one(known);
    String rest =
        switch (random.nextInt(9)) {
          case 0, 1 -> forms.one(List.of(":p/n", ":p/i")) + " " + orConstant("?n", forms.number());
          case 2 ->
              forms.one(List.of(":p/m", ":p/mi", ":p/id")) + " " + orConstant("?n", forms.number());
          case 3 -> ":p/tags " + orConstant("?s", forms.text());
          case 4 -> ":p/s " + orConstant("?s", forms.text());
          case 5 -> ":p/k " + orConstant("?s", "\"k1\"");
          case 6, 7 -> forms.one(List.of(":p/r", ":p/rs")) + " " + variable("?e");
          default -> forms.one(List.of(":p/b true", ":p/kw :k/a", ":p/d 0.5", ":p/k"));
        };
    bound.add(e);
    if (isHistory && rest.contains(" ") && random.nextBoolean()) {
      bound.add("?op");
      return "[%s %s _ ?op]".formatted(e, rest);
    }
    return "[%s %s]".formatted(e, rest);
  }

  private String orConstant(String kind, String constant) {
    return random.nextInt(3) == 0 ? constant : variable(kind);
  }

  private String variable(String kind) {
    String name = kind + random.nextInt(2);
    bound.add(name);
    return name;
  }

  /// A clause over what is bound.
  private void clause(boolean isHistory) {
    List<String> numbers = of("?n");
    List<String> strings = of("?s");
    List<String> entities = of("?e");
    String e = entities.isEmpty() ? "" : forms.one(entities);
    switch (random.nextInt(22)) {
      case 0 ->
          numbers(
              numbers,
              "[(%s %%s %s)]"
                  .formatted(forms.one(List.of("<", "<=", ">", ">=", "=", "!=")), forms.number()));
      case 1 -> numbers(numbers, "[(+ %s 1) ?f]");
      case 2 -> numbers(strings, "[(str %s \"x\") ?t]");
      case 3 -> entity(e, "(not [%s :p/b true])");
      case 4 -> entity(e, "(not-join [%s] [%<s :p/r ?z] [?z :p/n ?y] [(< ?y 3)])");
      case 5 -> entity(e, "(or [%s :p/n 1] [%<s :p/i 2] [%<s :p/m 3])");
      case 6 -> entity(e, "(or-join [%s] [%<s :p/n 2] (and [%<s :p/rs ?q] [?q :p/n ?w]))");
      case 7 -> entity(e, "[(get-else $ %s :p/i 7777) ?g]");
      case 8 -> entity(e, "[(missing? $ %s :p/s)]");
      case 9 -> rule(e, "(reach %s ?to)");
      case 10, 11, 12, 13 -> numbers(numbers, calls.of("?n", isHistory));
      case 14, 15, 16 -> numbers(strings, calls.of("?s", isHistory));
      case 17, 18, 19, 20 -> entity(e, calls.of("?e", isHistory));
      default -> rule(e, forms.one(List.of("(small %s)", "(linked %s ?to)", "(reach ?from %s)")));
    }
  }

  private List<String> of(String kind) {
    return bound.stream().filter(name -> name.startsWith(kind)).toList();
  }

  private void numbers(List<String> names, String clause) {
    if (!names.isEmpty()) {
      add(clause.formatted(forms.one(names)));
    }
  }

  private void entity(String e, String clause) {
    if (!e.isEmpty()) {
      add(clause.formatted(e));
    }
  }

  private void rule(String e, String clause) {
    if (!e.isEmpty()) {
      isWithRules = true;
      add(clause.formatted(e));
    }
  }

  private void add(String clause) {
    where.add(clause);
    for (String name : List.of("?f", "?t", "?g", "?to", "?from")) {
      if (clause.matches(".*\\" + name + "\\b.*")) {
        bound.add(name);
      }
    }
  }

  private String find(boolean isHistory) {
    List<String> names = new ArrayList<>(bound);
    java.util.Collections.shuffle(names, random);
    List<String> some = names.subList(0, 1 + random.nextInt(Math.min(3, names.size())));
    String all = String.join(" ", some);
    List<String> numbers = of("?n");
    return switch (random.nextInt(11)) {
      case 9 ->
          numbers.isEmpty() ? all : "(judge.functions/product %s) .".formatted(numbers.getFirst());
      case 0 -> "[%s ...]".formatted(some.getFirst());
      case 1 -> "(count %s) .".formatted(some.getFirst());
      case 2 ->
          "%s (count %s)".formatted(some.getFirst(), names.getLast()).equals("")
              ? all
              : counted(names);
      case 3 ->
          numbers.isEmpty()
              ? all
              : "[(sum %s) (max %<s) (min %<s) (avg %<s) (count-distinct %<s)]"
                  .formatted(numbers.getFirst());
      case 4 ->
          numbers.isEmpty()
              ? all
              : "(sum %s) . :with %s".formatted(numbers.getFirst(), others(numbers.getFirst()));
      case 5 ->
          isHistory || of("?e").isEmpty()
              ? all
              : "(pull %s %s)".formatted(of("?e").getFirst(), pull.pattern(1));
      default -> all;
    };
  }

  private String counted(List<String> names) {
    return names.size() < 2
        ? names.getFirst()
        : "%s (count %s)".formatted(names.getFirst(), names.getLast());
  }

  private String others(String name) {
    List<String> others = bound.stream().filter(each -> !each.equals(name)).toList();
    return others.isEmpty() ? name : String.join(" ", others);
  }
}
