/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rows of a relation query, for Java. Immutable.
///
/// ```java
/// record Person(String name, long age) {}
/// List<Person> people =
///     db.query("[:find ?name ?age :keys name age :where [?e :user/name ?name] [?e :user/age ?age]]")
///         .list(Person.class);
/// ```
///
/// With `:keys`, a row becomes a record by name (`:keys name text` fills `record R(String name,
/// String text)`); without, by position. Errors: `:db.error/result-shape` when the shapes or types
/// do not fit.
public interface Rows extends Iterable<List<@Nullable Object>> {
  int size();

  /// Each row as a record.
  <R extends Record> List<R> list(Class<R> shape);

  /// Each row as a record, made when the stream comes to it.
  <R extends Record> Stream<R> stream(Class<R> shape);

  /// The values of a query with one find element.
  ///
  /// ```java
  /// List<String> names =
  ///     db.query("[:find [?name ...] :where [_ :user/name ?name]]").column(String.class);
  /// ```
  <T> List<T> column(Class<T> type);

  /// The only row as a record; empty when there is none, an error when there are several.
  <R extends Record> Optional<R> one(Class<R> shape);

  /// The rows, positional.
  Stream<List<@Nullable Object>> stream();
}
