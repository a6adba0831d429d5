/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import page.bits.db.Db;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// A random query: its variables to find, its clauses, its rules and collection, and rows given by
/// one relation input.
record RandomQuery(
    List<Symbol> find,
    List<Object> where,
    List<Symbol> in,
    List<List<Object>> rows,
    List<List<Object>> rules,
    List<List<Object>> collection) {
  private static final List<String> SOURCES = List.of("$", "$h", "$since", "$c", "%");

  RandomQuery with(List<Symbol> elements, List<Object> clauses) {
    return new RandomQuery(elements, clauses, in, rows, rules, collection);
  }

  /// The form with these clauses and find elements.
  Map<Keyword, Object> form(List<Object> clauses, List<?> elements) {
    var form = new LinkedHashMap<Keyword, Object>();
    form.put(Keyword.of("find"), elements);
    List<Object> inputs = new ArrayList<>();
    SOURCES.forEach(source -> inputs.add(Symbol.of(source)));
    if (!in.isEmpty()) {
      inputs.add(List.of(in));
    }
    form.put(Keyword.of("in"), inputs);
    form.put(Keyword.of("where"), clauses);
    return form;
  }

  /// The inputs for `:in`, with this database and what was said in it since t.
  Object[] inputs(Db db, long t) {
    List<Object> inputs =
        new ArrayList<>(List.of(db, db.history(), db.since(t), collection, rules));
    if (!in.isEmpty()) {
      inputs.add(rows);
    }
    return inputs.toArray();
  }

  List<Map<Symbol, Object>> given() {
    if (in.isEmpty()) {
      return List.of(Map.of());
    }
    var given = new ArrayList<Map<Symbol, Object>>();
    for (List<Object> row : rows) {
      var bound = new HashMap<Symbol, Object>();
      boolean isConsistent = true;
      for (int i = 0; i < in.size(); i++) {
        Object known = bound.putIfAbsent(in.get(i), row.get(i));
        isConsistent &= known == null || known.equals(row.get(i));
      }
      if (isConsistent) {
        given.add(bound);
      }
    }
    return given;
  }
}
