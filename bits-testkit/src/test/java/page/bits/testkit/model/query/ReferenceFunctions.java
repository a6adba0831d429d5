/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// The functions that random queries call, for the reference evaluator.
final class ReferenceFunctions {
  private ReferenceFunctions() {}

  static @Nullable Object call(ReferenceQuery query, List<?> call, Map<Symbol, Object> row) {
    List<Object> x = new ArrayList<>();
    for (Object term : call.subList(1, call.size())) {
      x.add(
          ReferenceForms.isVariable(term)
              ? Objects.requireNonNull(row.get(term))
              : Objects.requireNonNull(term));
    }
    return switch (String.valueOf(call.getFirst())) {
      case "=" -> x.get(0).equals(x.get(1));
      case "!=" -> !x.get(0).equals(x.get(1));
      case "<" -> (Long) x.get(0) < (Long) x.get(1);
      case "<=" -> (Long) x.get(0) <= (Long) x.get(1);
      case ">" -> (Long) x.get(0) > (Long) x.get(1);
      case ">=" -> (Long) x.get(0) >= (Long) x.get(1);
      case "+" -> (Long) x.get(0) + (Long) x.get(1);
      case "str" -> x.get(0) + "" + x.get(1);
      case "ground", "untuple" -> x.get(0);
      case "tuple" -> x;
      case "missing?" -> value(query, x, 2) == null;
      case "get-else" -> value(query, x, 2) == null ? x.get(3) : value(query, x, 2);
      case "get-some" -> some(query, x);
      case "q" -> nested(query, x);
      default -> throw new IllegalArgumentException(call.toString());
    };
  }

  /// The value of the attribute that is the argument at `i`; null when there is none.
  private static @Nullable Object value(ReferenceQuery query, List<Object> x, int i) {
    Object attribute = query.world().idents().get((Keyword) x.get(i));
    return query.world().rows((Symbol) x.get(0)).stream()
        .filter(fact -> fact.get(0).equals(x.get(1)) && fact.get(1).equals(attribute))
        .map(fact -> fact.get(2))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Object some(ReferenceQuery query, List<Object> x) {
    for (int i = 2; i < x.size(); i++) {
      Object value = value(query, x, i);
      if (value != null) {
        return List.of(
            Objects.requireNonNull(query.world().idents().get((Keyword) x.get(i))), value);
      }
    }
    return null;
  }

  /// `[:find ?x :in $ ?a :where …]` as rows; its source is the one that it is given.
  private static Object nested(ReferenceQuery query, List<Object> x) {
    List<?> form = (List<?>) x.get(0);
    int in = form.indexOf(Keyword.of("in"));
    int where = form.indexOf(Keyword.of("where"));
    Map<Symbol, Object> given = new HashMap<>();
    for (int i = in + 2; i < where; i++) {
      given.put((Symbol) form.get(i), x.get(i - in));
    }
    var world = query.world();
    var sources = Map.of(Symbol.of("$"), world.rows((Symbol) x.get(1)));
    List<Symbol> find = new ArrayList<>();
    form.subList(1, in).forEach(variable -> find.add((Symbol) Objects.requireNonNull(variable)));
    return new ReferenceQuery(new ReferenceQuery.World(sources, world.idents(), List.of()))
        .rows(find, form.subList(where + 1, form.size()), List.of(given));
  }
}
