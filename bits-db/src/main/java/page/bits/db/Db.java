/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
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
/// ```java
/// Object oldest = db.q("[:find (max ?age) . :where [_ :user/age ?age]]");
/// Pulled ann = db.pull("[:user/name {:user/friends [:user/name]}]", List.of(":user/name", "Ann"));
/// Db yesterday = db.asOf(Instant.now().minus(Duration.ofDays(1)));
/// ```
public interface Db {
  /// The id of the database, the same on every node, in every view and for ever.
  UUID databaseId();

  /// The t of the newest transaction in this value; a view keeps that of its base.
  long basisT();

  /// The number that the next transaction on this value would take as its t.
  long nextT();

  /// This database up to and including transaction t (or transaction entity id), with the schema of
  /// now. Errors: `:db.error/invalid-time-point` when it is negative, or the id of something else
  /// than a transaction.
  ///
  /// Views can be asked for in any order: as-of, since and history are each set on their own, of
  /// two as-ofs the later call counts, and a filter sees what the others leave.
  Db asOf(long t);

  /// This database up to and including every transaction of that instant.
  Db asOf(Instant at);

  /// What was said after transaction t (or transaction entity id), exclusive, and holds at the end:
  /// lookup refs find only what was said after t, idents are all known.
  Db since(long t);

  /// What was said after every transaction of that instant.
  Db since(Instant at);

  /// Every assertion and retraction: the same fact as often as it was said, each with its
  /// transaction. Queries, `datoms`, `seekDatoms` and `indexRange` read it; `pull`, `entity` and
  /// `with` are refused (`:db.error/history-view`).
  Db history();

  /// This database without the words that the predicate rejects; it gets this database without its
  /// filters, and the datom. It is asked about retractions too, before it is decided what holds: a
  /// fact whose retraction is rejected holds on. Several filters have to agree. The predicate must
  /// be pure and thread-safe.
  Db filter(BiPredicate<Db, Datom> keep);

  /// The t given to [#asOf(long)]; empty for a value that is not such a view.
  OptionalLong asOfT();

  /// The t given to [#since(long)].
  OptionalLong sinceT();

  boolean isHistory();

  /// Whether [#filter] made this value or one that it was made from.
  boolean isFiltered();

  /// The report that these forms would give on this value; nothing is stored. Its `dbAfter` takes
  /// forms again. On a view, the forms are judged on the whole database, and the same view is taken
  /// of what comes out: as-of a moment of the past shows nothing of it. Its txInstant is that of
  /// the transaction before, since a value knows no clock. Refused for a history.
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

  /// The first entity id of that partition that could be given out at that t (or transaction):
  /// where to begin a walk over what is new. The partition is an ident or an id.
  long entidAt(Object partition, long t);

  /// As [#entidAt(Object, long)] of the first transaction at or after that instant.
  long entidAt(Object partition, Instant at);

  /// What the schema says of an attribute, given as ident or id; empty when it is none.
  Optional<AttributeInfo> attribute(Object attribute);

  /// How large the database is, views aside. Costs a count for each attribute.
  DbStats stats();

  /// The datoms whose leading components, in the order of the index, equal those given; none when a
  /// lookup ref among them leads to nobody. Lazy, in index order, and may be walked again. A
  /// transaction component is a t or an entity id. Errors: `:db.error/attribute-not-indexed` for an
  /// attribute that is not in AVET, `:db.error/wrong-type-for-attribute`,
  /// `:db.error/invalid-index-components`.
  Iterable<Datom> datoms(Index index, Object... components);

  /// The datoms from those components (inclusive) to the end of the index; lazy, in index order. A
  /// lookup ref that leads to nobody is `:db.error/not-an-entity`: there is no place to begin.
  Iterable<Datom> seekDatoms(Index index, Object... components);

  /// The datoms from the last one that begins with those components, or lies before them, to the
  /// begin of the index; lazy, last first.
  Iterable<Datom> seekDatomsReverse(Index index, Object... components);

  /// The datoms of an indexed attribute with a value from `start` (inclusive) to `end` (exclusive),
  /// by value; null is open.
  Iterable<Datom> indexRange(Object attribute, @Nullable Object start, @Nullable Object end);

  /// What the pattern names of each entity along an attribute of an index, in index order; lazy.
  /// See [IndexPull].
  Iterable<Pulled> indexPull(IndexPull request);

  /// The same for `IndexPull.of(index, pattern, start)`.
  default Iterable<Pulled> indexPull(Index index, Object pattern, Object... start) {
    return indexPull(IndexPull.of(index, pattern, start));
  }

  /// Runs the computation on this value and records which index ranges it read through the value
  /// that it was given. Asking a connection for a value inside is `:bits.error/unrecorded-read`.
  <T extends @Nullable Object> Recorded<T> recorded(Function<Db, T> computation);
}
