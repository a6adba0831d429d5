/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import page.bits.db.internal.query.relation.RowIndex;
import page.bits.db.internal.query.relation.Ticker;

/// What is known of one rule: the rows found so far, and what was asked of it. Grows only; confined
/// to one run.
///
/// Something is asked for positions of the head: all rows with these values there. Rows are true
/// whatever they were found for, so there is one set of them.
final class RuleTable {
  /// What was asked for some positions: the values there. `done` of the keys have been worked on.
  static final class Demand {
    final int[] positions;
    final List<Object[]> keys = new ArrayList<>();
    final RowIndex known;
    int done;

    /// These keys; more may come while they are read.
    List<Object[]> keys(int from, int to) {
      return new Part(keys, from, to);
    }

    Demand(BitSet bound) {
      positions = bound.stream().toArray();
      known = new RowIndex(all(positions.length));
    }
  }

  private static final BitSet NOTHING_BOUND = new BitSet();

  private final CompiledRule rule;
  private final Ticker ticker;
  private final List<Object[]> rows = new ArrayList<>();
  private final int[] columns;
  private final RowIndex known;
  private final Map<BitSet, RowIndex> byKey = new LinkedHashMap<>();
  private final Map<BitSet, Demand> demands = new LinkedHashMap<>();
  private int done;

  RuleTable(CompiledRule rule, Ticker ticker) {
    this.rule = rule;
    this.ticker = ticker;
    this.columns = all(rule.arity());
    this.known = new RowIndex(columns);
  }

  private static int[] all(int count) {
    return IntStream.range(0, count).toArray();
  }

  CompiledRule rule() {
    return rule;
  }

  /// Asks for the rows with these values at these positions. Once everything was asked for, nothing
  /// narrower is.
  void ask(BitSet bound, List<Object[]> keys) {
    if (isAskedForAll()) {
      return;
    }
    if (bound.isEmpty()) {
      demands.clear();
    }
    Demand demand = demands.computeIfAbsent((BitSet) bound.clone(), Demand::new);
    int[] keyColumns = all(demand.positions.length);
    for (Object[] key : keys) {
      if (demand.known.first(key, keyColumns) < 0) {
        demand.known.add(key);
        demand.keys.add(key);
      }
    }
  }

  boolean isAsked() {
    return !demands.isEmpty();
  }

  boolean isAskedForAll() {
    return demands.containsKey(NOTHING_BOUND);
  }

  List<Demand> demands() {
    return List.copyOf(demands.values());
  }

  /// A row for which the rule holds.
  void add(Object[] row) {
    if (known.first(row, columns) < 0) {
      known.add(row);
      rows.add(row);
      ticker.rows(rows.size());
      byKey.values().forEach(index -> index.add(row));
    }
  }

  int size() {
    return rows.size();
  }

  int done() {
    return done;
  }

  void done(int count) {
    done = count;
  }

  /// These rows; more may come while they are read.
  List<Object[]> rows(int from, int to) {
    return new Part(rows, from, to);
  }

  /// A part of a list that only grows.
  private static final class Part extends AbstractList<Object[]> {
    private final List<Object[]> whole;
    private final int from;
    private final int to;

    Part(List<Object[]> whole, int from, int to) {
      this.whole = whole;
      this.from = from;
      this.to = to;
    }

    @Override
    public Object[] get(int index) {
      return whole.get(from + index);
    }

    @Override
    public int size() {
      return to - from;
    }
  }

  /// The rows with this key at these positions.
  void find(BitSet bound, Object[] key, Consumer<Object[]> found) {
    if (bound.isEmpty()) {
      rows(0, size()).forEach(found);
      return;
    }
    RowIndex index = byKey.get(bound);
    if (index == null) {
      index = new RowIndex(bound.stream().toArray());
      rows.forEach(index::add);
      byKey.put((BitSet) bound.clone(), index);
    }
    int[] keyColumns = all(key.length);
    for (int at = index.first(key, keyColumns); at >= 0; at = index.next(at, key, keyColumns)) {
      found.accept(index.row(at));
    }
  }
}
