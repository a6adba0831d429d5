/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import page.bits.db.Rows;
import page.bits.db.internal.shape.Conversions;
import page.bits.db.internal.shape.RecordShape;
import page.bits.db.internal.shape.ShapeErrors;

/// The rows of one query. Immutable.
final class QueryRows implements Rows {
  private final List<List<@Nullable Object>> rows;
  private final Optional<List<String>> names;
  private final int width;

  QueryRows(List<List<@Nullable Object>> rows, Optional<List<String>> names, int width) {
    this.rows = rows;
    this.names = names;
    this.width = width;
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public <R extends Record> List<R> list(Class<R> type) {
    return stream(type).toList();
  }

  @Override
  public <R extends Record> Stream<R> stream(Class<R> type) {
    RecordShape<R> shape = RecordShape.of(type);
    int[] positions = positions(shape, type);
    return rows.stream().map(row -> shape.make(arranged(row, positions)));
  }

  private int[] positions(RecordShape<?> shape, Class<?> type) {
    if (names.isPresent()) {
      return shape.positions(names.get());
    }
    List<RecordComponent> components = shape.components();
    if (components.size() != width) {
      throw ShapeErrors.wrongWidth(type.getSimpleName(), components.size(), width);
    }
    int[] positions = new int[width];
    Arrays.setAll(positions, i -> i);
    return positions;
  }

  private static List<@Nullable Object> arranged(List<@Nullable Object> row, int[] positions) {
    var values = new ArrayList<@Nullable Object>(positions.length);
    for (int position : positions) {
      values.add(row.get(position));
    }
    return values;
  }

  @Override
  public <T> List<T> column(Class<T> type) {
    if (width != 1) {
      throw ShapeErrors.wrongWidth("column", 1, width);
    }
    var values = new ArrayList<T>(rows.size());
    for (List<@Nullable Object> row : rows) {
      Object value = row.getFirst();
      if (value == null) {
        throw ShapeErrors.wrongType("column", type.getSimpleName(), null);
      }
      values.add(Conversions.to(type, value, "column"));
    }
    return java.util.Collections.unmodifiableList(values);
  }

  @Override
  public <R extends Record> Optional<R> one(Class<R> shape) {
    if (rows.size() > 1) {
      throw ShapeErrors.severalRows(rows.size());
    }
    return list(shape).stream().findFirst();
  }

  @Override
  public Stream<List<@Nullable Object>> stream() {
    return rows.stream();
  }

  @Override
  public Iterator<List<@Nullable Object>> iterator() {
    return rows.iterator();
  }
}
