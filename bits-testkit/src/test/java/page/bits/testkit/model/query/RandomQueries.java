/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// Random queries that fit random databases. Variables keep to one kind (`?e` entities, `?n`
/// numbers, `?s` strings, `?a` attributes, `?w` anything, `?t` tuples), so that comparisons make
/// sense.
///
/// Sources are `$`, its history `$h`, what was said since some transaction `$since`, and `$c`, a
/// collection of a number and a string.
final class RandomQueries {
  private static final List<String> NUMBERS = List.of(":r/plain", ":r/indexed");
  private static final List<String> STRINGS = List.of(":r/text", ":r/key", ":r/tags");
  private static final List<String> REFS = List.of(":r/ref", ":r/refs");

  private final Random random;
  private final List<Long> entities;

  /// Queries for a database with these entities.
  RandomQueries(Random random, List<Long> entities) {
    this.random = random;
    this.entities = entities;
  }

  /// A query of which nobody knows whether it can be answered.
  RandomQuery query() {
    var where = new ArrayList<Object>();
    plan().forEach(clause -> where.add(clause.get()));
    Collections.shuffle(where, random);
    boolean isGiven = random.nextInt(3) == 0;
    List<Symbol> in = isGiven ? given() : List.of();
    var rows = new ArrayList<List<Object>>();
    for (int i = random.nextInt(4); isGiven && i >= 0; i--) {
      rows.add(in.stream().map(this::value).toList());
    }
    return new RandomQuery(find(where), where, in, rows, RandomRules.of(random), collection());
  }

  /// The kinds of clauses of a query: patterns, then some of all others.
  List<Supplier<Object>> plan() {
    var plan = new ArrayList<Supplier<Object>>();
    add(plan, random.nextInt(2), this::predicate);
    add(plan, random.nextInt(2), this::expression);
    add(plan, random.nextInt(2), this::ruleCall);
    add(plan, random.nextInt(3) / 2, () -> or(0));
    add(plan, random.nextInt(3) / 2, () -> not(0));
    Collections.shuffle(plan, random);
    for (int i = random.nextInt(3); i >= 0; i--) {
      plan.addFirst(this::pattern);
    }
    return plan;
  }

  private static void add(List<Supplier<Object>> plan, int count, Supplier<Object> clause) {
    for (int i = 0; i < count; i++) {
      plan.add(clause);
    }
  }

  /// The variables that these clauses show.
  static List<Symbol> shown(List<Object> where) {
    return where.stream()
        .filter(clause -> !ReferenceForms.isNot(clause))
        .flatMap(clause -> ReferenceForms.variables(clause).stream())
        .distinct()
        .toList();
  }

  /// One to three of them.
  List<Symbol> find(List<Object> where) {
    List<Symbol> shown = shown(where);
    var find = new ArrayList<Symbol>();
    for (Symbol variable : shown) {
      if (find.size() < 3 && random.nextInt(3) > 0) {
        find.add(variable);
      }
    }
    if (find.isEmpty()) {
      find.add(shown.isEmpty() ? Symbol.of("?e0") : shown.getFirst());
    }
    return find;
  }

  private List<Symbol> given() {
    List<Symbol> in = new ArrayList<>(List.of(entity(), number(), string()));
    Collections.shuffle(in, random);
    return List.copyOf(in.subList(0, 1 + random.nextInt(3)));
  }

  private Object value(Symbol variable) {
    return switch (variable.name().charAt(1)) {
      case 'e' -> one(entities);
      case 'n' -> (Object) (long) random.nextInt(8);
      default -> "s" + random.nextInt(5);
    };
  }

  private List<List<Object>> collection() {
    var rows = new ArrayList<List<Object>>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      rows.add(List.of((long) random.nextInt(8), "s" + random.nextInt(5)));
    }
    return rows;
  }

  private List<Object> pattern() {
    var pattern = new ArrayList<Object>();
    if (random.nextInt(8) == 0) {
      return form("[$c %s %s]", random.nextBoolean() ? number() : "_", string());
    }
    if (random.nextInt(5) == 0) {
      pattern.add(Symbol.of(one(List.of("$h", "$since"))));
    }
    Object e = random.nextInt(10) == 0 ? one(entities) : entity();
    pattern.add(random.nextInt(15) == 0 ? Symbol.of("_") : e);
    switch (random.nextInt(16) == 0 ? 6 : random.nextInt(6)) {
      case 0, 1 -> {
        pattern.add(Keyword.of(one(NUMBERS)));
        pattern.add(random.nextInt(3) == 0 ? (Object) (long) random.nextInt(8) : number());
      }
      case 2, 3 -> {
        pattern.add(Keyword.of(one(STRINGS)));
        pattern.add(random.nextInt(3) == 0 ? "s" + random.nextInt(5) : string());
      }
      case 4, 5 -> {
        pattern.add(Keyword.of(one(REFS)));
        pattern.add(random.nextInt(8) == 0 ? one(entities) : entity());
      }
      default -> {
        pattern.add(Symbol.of("?a" + random.nextInt(2)));
        pattern.add(Symbol.of("?w" + random.nextInt(2)));
      }
    }
    if (random.nextInt(8) == 0) {
      pattern.add(Symbol.of("?e" + (5 + random.nextInt(2)))); // the transaction
      if (random.nextBoolean()) {
        pattern.add(random.nextBoolean());
      }
    }
    return pattern;
  }

  private List<Object> predicate() {
    String comparison = one(List.of("<", "<=", ">", ">=", "=", "!="));
    Object other = random.nextBoolean() ? number() : (Object) (long) random.nextInt(8);
    return switch (random.nextInt(5)) {
      case 0 -> form("[(%s %s %s)]", one(List.of("=", "!=")), entity(), entity());
      case 1 -> form("[(missing? $ %s %s)]", entity(), one(STRINGS));
      case 2, 3 -> form("[(%s %s %s)]", comparison, number(), other);
      default -> form("[(%s %s %s)]", comparison, other, number());
    };
  }

  private List<Object> expression() {
    return switch (random.nextInt(8)) {
      case 0 -> form("[(+ %s 1) %s]", number(), number());
      case 1 -> form("[(str %s \"x\") %s]", string(), string());
      case 2 -> form("[(ground [1 3 5]) [%s ...]]", number());
      case 3 -> form("[(get-else $ %s %s 2) %s]", entity(), one(NUMBERS), number());
      case 4 -> form("[(get-some $ %s :r/plain :r/indexed) [?a0 %s]]", entity(), number());
      case 5 -> form("[(tuple %s %s) ?t0]", number(), string());
      case 6 -> form("[(untuple ?t0) [%s _]]", number());
      default ->
          form(
              "[(q [:find ?x ?y :in $ ?z :where [?z %s ?x] [?x :r/plain ?y]] $ %s) [[%s %s] ...]]",
              one(REFS), entity(), entity(), number());
    };
  }

  private Object ruleCall() {
    String source = random.nextInt(6) == 0 ? "$h " : "";
    Object entity = random.nextInt(2) == 0 ? one(entities) : entity();
    return switch (random.nextInt(7)) {
      case 0, 1 -> form("(%sreach %s %s)", source, entity, random.nextInt(5) == 0 ? "_" : entity());
      case 2 -> form("(valued %s %s)", entity, number());
      case 3 -> form("(big %s)", entity());
      case 4 -> form("(%s%s %s %s)", source, one(List.of("even", "odd")), entity, entity());
      case 5 -> random.nextBoolean() ? form("(alone %s)", entity()) : form("(small %s)", number());
      default -> form("(climb %s %s)", number(), number());
    };
  }

  /// Branches over the same variables; with hidden ones in an `or-join`.
  private Object or(int depth) {
    Symbol e = entity();
    Symbol n = number();
    String kind = one(List.of("e", "en", "ef", "n"));
    Symbol f = Symbol.of("?e" + (e.name().equals("?e0") ? 1 : 0));
    var branches = new ArrayList<String>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      branches.add(branch(kind, e, f, n, depth));
    }
    branches.add(branch(kind, e, f, n, depth));
    String joined =
        switch (kind) {
          case "e" -> e.name();
          case "en" -> e + " " + n;
          case "ef" -> e + " " + f;
          default -> n.name();
        };
    if (random.nextBoolean()) {
      return form("(or %s)", String.join(" ", branches));
    }
    branches.add("(and %s %s)".formatted(branch(kind, e, f, n, 3), "[?e2 :r/plain ?n1]"));
    return form("(or-join [%s] %s)", joined, String.join(" ", branches));
  }

  private String branch(String kind, Symbol e, Symbol f, Symbol n, int depth) {
    List<String> ways =
        switch (kind) {
          case "e" ->
              List.of(
                  "[%s :r/text \"s1\"]",
                  "(and [%1$s :r/key _] (not [%1$s :r/tags _]))",
                  "(big %s)",
                  "[(missing? $ %s :r/ref)]");
          case "en" ->
              List.of(
                  "[%s :r/plain %3$s]",
                  "(and [%s :r/indexed %3$s] [(< %3$s 5)])",
                  "(valued %s %3$s)",
                  "[(get-else $ %s :r/plain 1) %3$s]");
          case "ef" -> List.of("[%s :r/ref %2$s]", "(reach %s %2$s)", "(and [%2$s :r/refs %1$s])");
          default -> List.of("[(< %3$s 3)]", "(small %3$s)", "[(ground 4) %3$s]");
        };
    boolean isNested = depth < 1 && random.nextInt(5) == 0;
    String way = one(ways).formatted(e, f, n);
    return isNested ? "(or %s %s)".formatted(way, one(ways).formatted(e, f, n)) : way;
  }

  private Object not(int depth) {
    var body = new ArrayList<Object>();
    var plan = new ArrayList<Supplier<Object>>();
    add(plan, 1 + random.nextInt(2), this::pattern);
    add(plan, random.nextInt(4) / 3, this::predicate);
    add(plan, random.nextInt(5) / 4, this::ruleCall);
    if (depth < 2) {
      add(plan, random.nextInt(5) / 4, () -> not(depth + 1));
      add(plan, random.nextInt(7) / 6, () -> or(1));
    }
    plan.forEach(clause -> body.add(clause.get()));
    List<Symbol> inside =
        body.stream()
            .filter(clause -> !ReferenceForms.isNot(clause))
            .flatMap(clause -> ReferenceForms.variables(clause).stream())
            .distinct()
            .toList();
    String text = body.stream().map(Edn::print).reduce("", (x, y) -> x + " " + y);
    String source = random.nextInt(10) == 0 ? "$h " : "";
    if (random.nextBoolean() || inside.isEmpty()) {
      return form("(%snot %s)", source, text);
    }
    List<Symbol> joins = inside.subList(0, 1 + random.nextInt(Math.min(2, inside.size())));
    return form("(%snot-join %s %s)", source, Edn.print(joins), text);
  }

  private Symbol entity() {
    return Symbol.of("?e" + random.nextInt(3));
  }

  private Symbol number() {
    return Symbol.of("?n" + random.nextInt(2));
  }

  private Symbol string() {
    return Symbol.of("?s" + random.nextInt(2));
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SuppressWarnings("unchecked") // clauses are lists
  private static List<Object> form(String text, Object... parts) {
    return (List<Object>) Objects.requireNonNull(Edn.read(text.formatted(parts)));
  }

  /// The clauses in another order.
  List<Object> shuffled(List<Object> clauses) {
    var shuffled = new ArrayList<>(clauses);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }
}
