/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.edn.Keyword;

/// A database that runs programs. Takes and gives EDN values of Java; a database value is whatever
/// the contender says it is. Used by one thread.
///
/// Whatever goes wrong is thrown as the database throws it; [#refusal(Throwable)] reads it.
public interface Contender extends AutoCloseable {
  /// A transaction that happened, or would happen.
  record Committed(Object after, List<Datom> datoms, Map<String, Long> tempids) {
    public Committed {
      datoms = List.copyOf(datoms);
      tempids = Map.copyOf(tempids);
    }
  }

  /// Why a step was refused: a code, or the class of what was thrown where there is none.
  record Refusal(String code, String text) {}

  String name();

  /// Leaves the database at hand and makes an empty one.
  void begin();

  /// The newest database value.
  Object db();

  Committed transact(List<?> forms);

  Committed with(Object db, List<?> forms);

  /// `point` is a t, a transaction entity id or an instant.
  Object asOf(Object db, Object point);

  Object since(Object db, Object point);

  Object history(Object db);

  /// Without the datoms of that attribute.
  Object without(Object db, Keyword attribute);

  /// Without the datoms of entities that say true of that attribute in the database value that is
  /// filtered.
  Object unflagged(Object db, Keyword attribute);

  /// Database values among the inputs are this contender's own.
  @Nullable Object q(Object query, List<?> inputs);

  @Nullable Object pull(Object db, Object pattern, @Nullable Object entity);

  List<?> pullMany(Object db, Object pattern, List<?> entities);

  /// At most `max` datoms of an index (`eavt`, …), all that have these components.
  List<Datom> datoms(Object db, String index, List<?> components, int max);

  /// At most `max` datoms from these components on.
  List<Datom> seek(Object db, String index, List<?> components, int max);

  List<Datom> range(Object db, Object attribute, @Nullable Object start, @Nullable Object end);

  /// At most `max` pulls along an index: `:index`, `:selector`, `:start`, `:reverse`.
  List<?> indexPull(Object db, Map<?, ?> request, int max);

  @Nullable Object entid(Object db, Object entity);

  @Nullable Keyword ident(Object db, Object entity);

  /// The entity id of a partition at a t, transaction entity id or instant.
  long entidAt(Object db, Object partition, Object point);

  /// Every attribute of an entity and its components, read through the entity API.
  @Nullable Object touch(Object db, Object entity);

  /// The log, as an input of queries.
  Object log();

  /// The datoms of the transactions from `start` (inclusive) to `end` (exclusive); null is open.
  List<List<Datom>> txRange(@Nullable Object start, @Nullable Object end);

  long basisT(Object db);

  Refusal refusal(Throwable thrown);

  @Override
  void close();
}
