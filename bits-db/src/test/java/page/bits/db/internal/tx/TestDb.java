/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.DbError;
import page.bits.db.internal.index.Counters;
import page.bits.db.internal.index.ListSource;
import page.bits.db.internal.index.MemoryIndex;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Birth;
import page.bits.db.internal.schema.Ids;
import page.bits.db.internal.value.IndexMoments;
import page.bits.db.spi.DatabaseId;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;

/// A database as the tests of evaluation see it: the naive list of datoms and the counters, moved
/// on by every transaction.
final class TestDb {
  private ListSource source = new ListSource(Birth.datoms(), Birth.schema(), Birth.T);
  private MemoryIndex index =
      MemoryIndex.ofBirth(new DatabaseId(UUID.randomUUID()), Birth.datoms());
  private final Moments moments = new IndexMoments(() -> index);
  private long nextEntity = Ids.FIRST_ENTITY;
  private long nextElement = Ids.FIRST_ELEMENT;
  private Instant lastTxInstant = Instant.EPOCH;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  static TestDb with(String schema) {
    var db = new TestDb();
    db.transact(schema);
    return db;
  }

  ListSource source() {
    return source;
  }

  TxContext context() {
    return new TxContext(source, nextEntity, nextElement, lastTxInstant, now, moments);
  }

  MemoryIndex index() {
    return index;
  }

  /// The values that functions see.
  Moments moments() {
    return moments;
  }

  void now(Instant instant) {
    now = instant;
  }

  Instant now() {
    return now;
  }

  Evaluated transact(String edn) {
    return transact(forms(edn));
  }

  Evaluated transact(List<?> forms) {
    Evaluated evaluated = Evaluator.evaluate(context(), forms);
    source = source.with(evaluated.datoms(), evaluated.t());
    index = index.with(List.of(evaluated.datoms()), counters(evaluated));
    nextEntity = evaluated.nextEntity();
    nextElement = evaluated.nextElement();
    lastTxInstant = evaluated.txInstant();
    return evaluated;
  }

  private static Counters counters(Evaluated evaluated) {
    return new Counters(
        evaluated.t(), evaluated.nextEntity(), evaluated.nextElement(), evaluated.txInstant());
  }

  /// The refusal of these forms; fails when they are accepted.
  BitsException refused(DbError error, String edn) {
    return refused(error, forms(edn));
  }

  BitsException refused(DbError error, List<?> forms) {
    var refusal =
        catchThrowableOfType(BitsException.class, () -> Evaluator.evaluate(context(), forms));
    assertThat(refusal).as("refusal of " + forms).isNotNull();
    assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(error.code());
    return refusal;
  }

  static List<?> forms(String edn) {
    return (List<?>) Objects.requireNonNull(Edn.read(edn));
  }

  /// What a tempid became.
  static long id(Evaluated evaluated, String tempid) {
    return Objects.requireNonNull(evaluated.tempids().get(tempid));
  }

  long id(Object lookup) {
    if (lookup instanceof Long id) {
      return id;
    }
    if (lookup instanceof String ident) {
      return source.schema().entid(Keyword.of(ident)).orElseThrow();
    }
    List<?> ref = (List<?>) lookup;
    Iterator<Datom> found =
        source.read(
            Ranges.av(attribute((String) ref.get(0)).id(), Objects.requireNonNull(ref.get(1))));
    return found.next().e();
  }

  Attribute attribute(String ident) {
    return source.schema().attribute(Keyword.of(ident)).orElseThrow();
  }

  /// The values of an attribute of an entity, in order.
  List<Object> values(Object e, String attribute) {
    var values = new ArrayList<Object>();
    source
        .read(Ranges.ea(id(e), attribute(attribute).id()))
        .forEachRemaining(datom -> values.add(datom.v()));
    return values;
  }

  @Nullable Object value(Object e, String attribute) {
    List<Object> values = values(e, attribute);
    assertThat(values.size()).isLessThanOrEqualTo(1);
    return values.isEmpty() ? null : values.getFirst();
  }

  /// The datoms but for the instant, as `+|- attribute value`, sorted.
  Set<String> shown(Evaluated evaluated) {
    var shown = new TreeSet<String>();
    for (Datom datom : evaluated.datoms().subList(1, evaluated.datoms().size())) {
      Keyword a = source.schema().ident(datom.a()).orElseThrow();
      shown.add((datom.added() ? "+ " : "- ") + a + " " + datom.v());
    }
    return shown;
  }
}
