/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import page.bits.db.Db;
import page.bits.db.internal.TestDb;
import page.bits.edn.Edn;
import page.bits.edn.EdnList;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// Small random databases and queries that fit them. Variables keep to one kind (`?e` entities,
/// `?n` numbers, `?s` strings, `?a` attributes, `?w` anything), so that comparisons make sense.
final class RandomQueries {
  private static final List<String> NUMBERS = List.of(":r/plain", ":r/indexed");
  private static final List<String> STRINGS = List.of(":r/text", ":r/key", ":r/tags");
  private static final List<String> REFS = List.of(":r/ref", ":r/refs");

  private final Random random;

  RandomQueries(Random random) {
    this.random = random;
  }

  /// A database of so many entities, in two transactions, the second of which changes some.
  Db db(int entities) {
    String schema =
        "["
            + String.join(
                "\n",
                TestDb.attribute(":r/plain", "long", "one", ""),
                TestDb.attribute(":r/indexed", "long", "one", ":db/index true"),
                TestDb.attribute(":r/text", "string", "one", ""),
                TestDb.attribute(":r/key", "string", "one", ":db/unique :db.unique/identity"),
                TestDb.attribute(":r/tags", "string", "many", ":db/index true"),
                TestDb.attribute(":r/ref", "ref", "one", ""),
                TestDb.attribute(":r/refs", "ref", "many", ""))
            + "]";
    return TestDb.of(schema, entities(entities), entities(Math.max(1, entities / 4)));
  }

  private String entities(int count) {
    var text = new StringBuilder("[");
    for (int i = 0; i < count; i++) {
      text.append("{:db/id \"%d\" :r/key \"k%d\"".formatted(i, i));
      if (random.nextBoolean()) {
        text.append(" :r/plain ").append(random.nextInt(6));
      }
      if (random.nextBoolean()) {
        text.append(" :r/indexed ").append(random.nextInt(8));
      }
      if (random.nextBoolean()) {
        text.append(" :r/text \"s").append(random.nextInt(5)).append('"');
      }
      if (random.nextBoolean()) {
        text.append(" :r/tags [\"s%d\" \"s%d\"]".formatted(random.nextInt(5), random.nextInt(5)));
      }
      if (random.nextBoolean()) {
        text.append(" :r/ref \"").append(random.nextInt(count)).append('"');
      }
      if (random.nextInt(3) == 0) {
        text.append(
            " :r/refs [\"%d\" \"%d\"]".formatted(random.nextInt(count), random.nextInt(count)));
      }
      text.append("}\n");
    }
    return text.append("]").toString();
  }

  /// A query: its variables to find, its clauses, and rows given by one relation input.
  record Case(List<Symbol> find, List<Object> where, List<Symbol> in, List<List<Object>> rows) {
    /// The query form with its clauses in another order.
    Map<Keyword, Object> form(List<Object> clauses, List<Object> element) {
      var form = new HashMap<Keyword, Object>();
      form.put(Keyword.of("find"), element);
      form.put(Keyword.of("where"), clauses);
      if (!in.isEmpty()) {
        form.put(Keyword.of("in"), List.of(Symbol.of("$"), List.of(in)));
      }
      return form;
    }

    Object[] inputs() {
      return in.isEmpty() ? new Object[0] : new Object[] {rows};
    }

    List<Map<Symbol, Object>> given() {
      if (in.isEmpty()) {
        return List.of(Map.of());
      }
      var given = new ArrayList<Map<Symbol, Object>>();
      for (List<Object> row : rows) {
        var bound = new HashMap<Symbol, Object>();
        for (int i = 0; i < in.size(); i++) {
          bound.put(in.get(i), row.get(i));
        }
        given.add(bound);
      }
      return given;
    }

    String shown() {
      return Edn.print(form(where, List.copyOf(find))) + " " + Edn.print(rows);
    }
  }

  Case query(List<Long> entities) {
    var where = new ArrayList<Object>();
    int patterns = 1 + random.nextInt(4);
    for (int i = 0; i < patterns; i++) {
      where.add(pattern(entities));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      where.add(random.nextInt(3) == 0 ? expression() : predicate());
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      where.add(not(entities, /* depth= */ 0));
    }
    java.util.Collections.shuffle(where, random);
    List<Symbol> positive =
        where.stream().flatMap(clause -> variables(clause).stream()).distinct().toList();
    var find = new ArrayList<Symbol>();
    for (Symbol variable : positive) {
      if (find.size() < 3 && random.nextInt(3) > 0) {
        find.add(variable);
      }
    }
    if (find.isEmpty()) {
      find.add(positive.isEmpty() ? Symbol.of("?e0") : positive.getFirst());
    }
    return random.nextInt(3) == 0
        ? given(find, where, entities)
        : new Case(find, where, List.of(), List.of());
  }

  private Case given(List<Symbol> find, List<Object> where, List<Long> entities) {
    List<Symbol> in = new ArrayList<>(List.of(entity(), number(), string()));
    in = in.subList(0, 1 + random.nextInt(3));
    java.util.Collections.shuffle(in, random);
    var rows = new ArrayList<List<Object>>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      rows.add(in.stream().map(variable -> value(variable, entities)).toList());
    }
    return new Case(find, where, in, rows);
  }

  private Object value(Symbol variable, List<Long> entities) {
    return switch (variable.name().charAt(1)) {
      case 'e' -> one(entities);
      case 'n' -> (Object) (long) random.nextInt(8);
      default -> "s" + random.nextInt(5);
    };
  }

  private static List<Symbol> variables(Object form) {
    return switch (form) {
      case Symbol symbol when symbol.name().startsWith("?") -> List.of(symbol);
      case List<?> list when list.getFirst() instanceof Symbol s && s.name().startsWith("not") ->
          List.of();
      case List<?> list -> list.stream().flatMap(x -> variables(x).stream()).toList();
      default -> List.of();
    };
  }

  private List<Object> pattern(List<Long> entities) {
    Object e = random.nextInt(10) == 0 ? one(entities) : entity();
    var pattern = new ArrayList<Object>();
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
    if (random.nextInt(10) == 0) {
      pattern.add(Symbol.of("?e" + (5 + random.nextInt(2)))); // the transaction
    }
    return pattern;
  }

  private List<Object> predicate() {
    String comparison = one(List.of("<", "<=", ">", ">=", "=", "!="));
    Object other = random.nextBoolean() ? number() : (Object) (long) random.nextInt(8);
    return random.nextInt(4) == 0
        ? List.of(EdnList.of(Symbol.of(one(List.of("=", "!="))), entity(), entity()))
        : random.nextBoolean()
            ? List.of(EdnList.of(Symbol.of(comparison), number(), other))
            : List.of(EdnList.of(Symbol.of(comparison), other, number()));
  }

  private List<Object> expression() {
    return switch (random.nextInt(3)) {
      case 0 -> List.of(EdnList.of(Symbol.of("+"), number(), 1L), number());
      case 1 -> List.of(EdnList.of(Symbol.of("str"), string(), "x"), string());
      default ->
          List.of(
              EdnList.of(Symbol.of("ground"), List.of(1L, 3L, 5L)),
              List.of(number(), Symbol.of("...")));
    };
  }

  private Object not(List<Long> entities, int depth) {
    var body = new ArrayList<Object>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      body.add(pattern(entities));
    }
    if (random.nextInt(3) == 0) {
      body.add(predicate());
    }
    if (depth < 2 && random.nextInt(4) == 0) {
      body.add(not(entities, depth + 1));
    }
    List<Object> form = new ArrayList<>();
    List<Symbol> inside = body.stream().flatMap(x -> variables(x).stream()).distinct().toList();
    if (random.nextBoolean() || inside.isEmpty()) {
      form.add(Symbol.of("not"));
    } else {
      form.add(Symbol.of("not-join"));
      form.add(inside.subList(0, 1 + random.nextInt(Math.min(2, inside.size()))));
    }
    form.addAll(body);
    return EdnList.of(form.toArray());
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

  /// The clauses in another order.
  List<Object> shuffled(List<Object> clauses) {
    var shuffled = new ArrayList<>(clauses);
    java.util.Collections.shuffle(shuffled, random);
    return shuffled;
  }

  static List<Object> aggregate(String name, Symbol variable) {
    return Arrays.asList(EdnList.of(Symbol.of(name), variable));
  }
}
