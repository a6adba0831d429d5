/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import page.bits.edn.Keyword;

/// A database value: everything that was known at one point of time. Immutable and thread-safe;
/// holding one costs what newer ones have replaced.
///
/// Where an attribute, ident or key is expected, a [Keyword] and a string that begins with a colon
/// mean the same. An *entity* is given as an entity id, an ident, or a lookup ref: a list of a
/// unique attribute and a value. Errors: `:db.error/not-an-attribute` and `:db.error/not-an-entity`
/// with the names that are near.
///
/// What is declared here and not built yet says so and throws `:bits.error/unsupported`.
public interface Db {
  /// The t of the newest transaction in this value; an as-of view keeps that of its base.
  long basisT();

  /// This database up to and including transaction t (or transaction entity id), with the schema of
  /// now. `:db.error/invalid-time-point` when t is negative.
  Db asOf(long t);

  /// This database up to and including every transaction of that instant.
  Db asOf(Instant at);

  /// What came after transaction t, exclusive. Not built yet.
  Db since(long t);

  /// Every assertion and retraction ever made. Not built yet.
  Db history();

  /// This database without the datoms that the predicate rejects; it gets the unfiltered value and
  /// the datom. Not built yet.
  Db filter(BiPredicate<Db, Datom> keep);

  /// The report that these forms would give on this value; nothing is stored. Not built yet for an
  /// as-of view.
  TxReport with(List<?> forms);

  /// The result of a query, in the shape of its `:find`: a set of rows, a list, one row, or a
  /// scalar (null when there is none). `query` is EDN text or a parsed form; `$` is this value
  /// unless `inputs` gives one for every name of `:in`, with another database in its place.
  @Nullable Object q(Object query, Object... inputs);

  /// The rows of a query, for Java.
  Rows query(Object query, Object... inputs);

  /// What the pattern (EDN text or parsed) names of an entity; `{:db/id nil}` when nobody holds the
  /// lookup ref's value.
  Pulled pull(Object pattern, Object entity);

  /// The record whose components name the attributes to pull; empty when the entity has none of
  /// them.
  <R extends Record> Optional<R> pull(Class<R> shape, Object entity);

  /// One [#pull(Object, Object)] for each entity, in their order.
  List<Pulled> pullMany(Object pattern, Iterable<?> entities);

  /// The entity, to be read step by step; an error when the ident or lookup ref leads to none.
  Entity entity(Object entity);

  /// The entity id of an ident or lookup ref; an entity id is its own. Empty when there is none.
  OptionalLong entid(Object entity);

  /// The newest ident of an entity.
  Optional<Keyword> ident(Object entity);

  /// The datoms whose leading components, in the order of the index, equal those given; lazy, in
  /// index order. Errors: `:db.error/attribute-not-indexed` for an attribute that is not in AVET,
  /// `:db.error/wrong-type-for-attribute`, `:db.error/invalid-index-components`.
  Iterable<Datom> datoms(Index index, Object... components);

  /// The datoms from those components to the end of the index; lazy, in index order.
  Iterable<Datom> seekDatoms(Index index, Object... components);

  /// The datoms of an indexed attribute with a value from `start` (inclusive) to `end` (exclusive),
  /// by value; null is open.
  Iterable<Datom> indexRange(Object attribute, @Nullable Object start, @Nullable Object end);

  /// What the pattern names of each entity along an index, in index order. Not built yet.
  Iterable<Pulled> indexPull(Index index, Object pattern, Object... start);

  /// Runs the computation on this value and records which index ranges it read through the value
  /// that it was given. Asking a connection for a value inside is `:bits.error/unrecorded-read`.
  <T extends @Nullable Object> Recorded<T> recorded(Function<Db, T> computation);
}
