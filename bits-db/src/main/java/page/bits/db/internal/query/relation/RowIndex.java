/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.relation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A hash table over some columns of rows. Grows by [#add(Object[])]; rows are never copied.
///
/// Buckets are heads of chains through `next`, so a row costs two ints.
public final class RowIndex {
  private final int[] columns;
  private final List<Object[]> rows;
  private int[] heads = filled(16);
  private int[] next = new int[16];

  public RowIndex(int[] columns) {
    this.columns = columns;
    this.rows = new ArrayList<>();
  }

  private static int[] filled(int size) {
    int[] heads = new int[size];
    Arrays.fill(heads, -1);
    return heads;
  }

  public void add(Object[] row) {
    if (rows.size() == next.length) {
      grow();
    }
    int at = rows.size();
    rows.add(row);
    link(at, row);
  }

  private void link(int at, Object[] row) {
    int bucket = hash(row, columns) & heads.length - 1;
    next[at] = heads[bucket];
    heads[bucket] = at;
  }

  private void grow() {
    heads = filled(heads.length * 2);
    next = Arrays.copyOf(next, next.length * 2);
    for (int at = 0; at < rows.size(); at++) {
      link(at, rows.get(at));
    }
  }

  /// The position of the first row whose key equals that of `probe` in `probeColumns`, or -1.
  public int first(Object[] probe, int[] probeColumns) {
    return match(heads[hash(probe, probeColumns) & heads.length - 1], probe, probeColumns);
  }

  /// The next such row after `at`, or -1.
  public int next(int at, Object[] probe, int[] probeColumns) {
    return match(next[at], probe, probeColumns);
  }

  public Object[] row(int at) {
    return rows.get(at);
  }

  private int match(int from, Object[] probe, int[] probeColumns) {
    int at = from;
    while (at >= 0 && !equal(rows.get(at), probe, probeColumns)) {
      at = next[at];
    }
    return at;
  }

  private boolean equal(Object[] row, Object[] probe, int[] probeColumns) {
    for (int i = 0; i < columns.length; i++) {
      if (!row[columns[i]].equals(probe[probeColumns[i]])) {
        return false;
      }
    }
    return true;
  }

  private static int hash(Object[] row, int[] columns) {
    int hash = 1;
    for (int column : columns) {
      hash = 31 * hash + row[column].hashCode();
    }
    hash *= 0x9E3779B9; // spreads the low bits of entity ids
    return hash ^ hash >>> 16;
  }
}
