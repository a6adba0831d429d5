/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.relation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.query.algebra.Term;

/// A set of rows over variables. Immutable by agreement: rows are never written after they are in.
///
/// The relation without variables is a truth value: one row is yes, no row is no.
public final class Relation {
  private final List<Term.Variable> variables;
  private final List<Object[]> rows;

  /// The hash tables made so far, where the relation keeps them; else null.
  private final @Nullable Map<List<Term.Variable>, RowIndex> indexes;

  public Relation(List<Term.Variable> variables, List<Object[]> rows) {
    this(variables, rows, null);
  }

  private Relation(
      List<Term.Variable> variables,
      List<Object[]> rows,
      @Nullable Map<List<Term.Variable>, RowIndex> indexes) {
    this.variables = List.copyOf(variables);
    this.rows = rows;
    this.indexes = indexes;
  }

  /// The same rows, for joining again and again: the hash tables of joins are kept.
  public Relation keepingIndexes() {
    return new Relation(variables, rows, new HashMap<>());
  }

  public List<Term.Variable> variables() {
    return variables;
  }

  public List<Object[]> rows() {
    return rows;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  public int size() {
    return rows.size();
  }

  public int column(Term.Variable variable) {
    return variables.indexOf(variable);
  }

  public boolean hasAny(Set<Term.Variable> wanted) {
    return variables.stream().anyMatch(wanted::contains);
  }

  public boolean hasAll(Set<Term.Variable> wanted) {
    return variables.containsAll(wanted);
  }

  /// The columns of these variables.
  public int[] columns(List<Term.Variable> wanted) {
    return wanted.stream().mapToInt(this::column).toArray();
  }

  /// Every pair of rows that agree in the shared variables; all pairs when there are none.
  public Relation join(Relation other, Ticker ticker) {
    boolean isHashed = other.indexes == null && (indexes != null || size() <= other.size());
    return isHashed ? join(this, other, ticker) : join(other, this, ticker);
  }

  private static Relation join(Relation hashed, Relation probing, Ticker ticker) {
    List<Term.Variable> shared =
        hashed.variables.stream().filter(probing.variables::contains).toList();
    var variables = new LinkedHashSet<>(hashed.variables);
    variables.addAll(probing.variables);
    int[] added =
        IntStream.range(0, probing.variables.size())
            .filter(i -> !shared.contains(probing.variables.get(i)))
            .toArray();
    int[] probeColumns = probing.columns(shared);
    RowIndex index = hashed.index(shared);
    var joined = new ArrayList<Object[]>();
    for (Object[] row : probing.rows) {
      ticker.tick();
      for (int at = index.first(row, probeColumns);
          at >= 0;
          at = index.next(at, row, probeColumns)) {
        ticker.tick();
        joined.add(concat(index.row(at), row, added));
        ticker.rows(joined.size());
      }
    }
    return new Relation(List.copyOf(variables), joined);
  }

  private static Object[] concat(Object[] left, Object[] right, int[] added) {
    Object[] row = java.util.Arrays.copyOf(left, left.length + added.length);
    for (int i = 0; i < added.length; i++) {
      row[left.length + i] = right[added[i]];
    }
    return row;
  }

  /// The rows hashed by these variables.
  public RowIndex index(List<Term.Variable> by) {
    return indexes == null ? hashed(by) : indexes.computeIfAbsent(by, this::hashed);
  }

  private RowIndex hashed(List<Term.Variable> by) {
    RowIndex index = new RowIndex(columns(by));
    rows.forEach(index::add);
    return index;
  }

  /// The rows that agree with no row of `other`, all of whose variables are here.
  public Relation without(Relation other, Ticker ticker) {
    RowIndex index = other.index(other.variables);
    int[] probeColumns = columns(other.variables);
    var kept = new ArrayList<Object[]>();
    for (Object[] row : rows) {
      ticker.tick();
      if (index.first(row, probeColumns) < 0) {
        kept.add(row);
      }
    }
    return new Relation(variables, kept);
  }

  /// The different rows over those of the wanted variables that are here, in this order.
  public Relation project(Set<Term.Variable> wanted, Ticker ticker) {
    List<Term.Variable> kept = variables.stream().filter(wanted::contains).toList();
    return kept.size() == variables.size() ? this : projectTo(kept, ticker);
  }

  /// The different rows over these variables, in their order.
  public Relation projectTo(List<Term.Variable> kept, Ticker ticker) {
    int[] columns = columns(kept);
    var builder = new Distinct(kept);
    for (Object[] row : rows) {
      ticker.tick();
      Object[] part = new Object[columns.length];
      for (int i = 0; i < columns.length; i++) {
        part[i] = row[columns[i]];
      }
      builder.add(part);
    }
    return builder.build();
  }

  /// Collects rows and drops those that are there already.
  public static final class Distinct {
    private final List<Term.Variable> variables;
    private final int[] columns;
    private final RowIndex index;
    private final List<Object[]> rows = new ArrayList<>();

    public Distinct(List<Term.Variable> variables) {
      this.variables = variables;
      this.columns = IntStream.range(0, variables.size()).toArray();
      this.index = new RowIndex(columns);
    }

    public void add(Object[] row) {
      if (index.first(row, columns) < 0) {
        index.add(row);
        rows.add(row);
      }
    }

    public int size() {
      return rows.size();
    }

    public Relation build() {
      return new Relation(variables, rows);
    }
  }
}
