/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.query.algebra.Binding;
import page.bits.db.internal.query.algebra.Nil;
import page.bits.db.internal.query.algebra.Term;
import page.bits.error.BitsException;

/// Takes values apart as a binding says: into rows over its variables. Immutable.
final class Unpacker {
  /// Makes the error for a value that does not fit.
  interface Problem {
    BitsException of(String expected, @Nullable Object found);
  }

  private final Binding binding;
  private final List<Term.Variable> variables;
  private final VariableUses uses;
  private final boolean isNilDropped;
  private final Problem problem;

  /// `isNilDropped`: a nil drops its row instead of being an error. A nil inside a list is a value
  /// like others. A list may be longer than the binding.
  Unpacker(Binding binding, VariableUses uses, boolean isNilDropped, Problem problem) {
    this.binding = binding;
    this.variables = List.copyOf(binding.variables());
    this.uses = uses;
    this.isNilDropped = isNilDropped;
    this.problem = problem;
  }

  List<Term.Variable> variables() {
    return variables;
  }

  /// The rows that a value stands for.
  @SuppressWarnings("NullAway") // partial rows hold nulls until all variables are bound
  List<Object[]> rows(@Nullable Object value) {
    if (value == null) {
      return nil("a value for " + variables);
    }
    return expand(binding, value, List.<Object[]>of(new Object[variables.size()]));
  }

  private List<Object[]> expand(Binding part, @Nullable Object value, List<Object[]> partial) {
    return switch (part) {
      case Binding.Ignore _ -> partial;
      case Binding.Scalar scalar -> scalar(scalar, value, partial);
      case Binding.Tuple tuple -> tuple(tuple, value, partial);
      case Binding.Each each -> {
        var all = new ArrayList<Object[]>();
        for (Object element : elements(value)) {
          all.addAll(expand(each.element(), element, partial));
        }
        yield all;
      }
    };
  }

  private List<Object[]> scalar(
      Binding.Scalar scalar, @Nullable Object given, List<Object[]> partial) {
    Object value = uses.convert(scalar.variable(), Nil.inRow(given));
    if (value == null) {
      return List.of();
    }
    int column = variables.indexOf(scalar.variable());
    var rows = new ArrayList<Object[]>(partial.size());
    for (Object[] row : partial) {
      if (row[column] == null || row[column].equals(value)) {
        Object[] filled = Arrays.copyOf(row, row.length);
        filled[column] = value;
        rows.add(filled);
      }
    }
    return rows;
  }

  private List<Object[]> tuple(
      Binding.Tuple tuple, @Nullable Object value, List<Object[]> partial) {
    List<?> list = asList(value);
    if (list == null || list.size() < tuple.elements().size()) {
      throw problem.of("a list of at least " + tuple.elements().size(), value);
    }
    List<Object[]> rows = partial;
    for (int i = 0; i < tuple.elements().size(); i++) {
      rows = expand(tuple.elements().get(i), list.get(i), rows);
    }
    return rows;
  }

  private List<Object[]> nil(String expected) {
    if (isNilDropped) {
      return List.of();
    }
    throw problem.of(expected, null);
  }

  private Iterable<?> elements(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> map.entrySet();
      case Set<?> set -> set;
      case Iterable<?> iterable -> iterable;
      case Object[] array -> Arrays.asList(array);
      case long[] array -> LongStream.of(array).boxed().toList();
      case int[] array -> IntStream.of(array).boxed().toList();
      case double[] array -> DoubleStream.of(array).boxed().toList();
      case null, default -> throw problem.of("a collection", value);
    };
  }

  /// A list, array or map entry as a list; null for anything else.
  static @Nullable List<?> asList(@Nullable Object value) {
    return switch (value) {
      case List<?> list -> list;
      case Object[] array -> Arrays.asList(array);
      case Map.Entry<?, ?> entry -> Arrays.asList(entry.getKey(), entry.getValue());
      case null, default -> null;
    };
  }
}
