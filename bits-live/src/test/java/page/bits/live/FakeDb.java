/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import page.bits.db.AttributeInfo;
import page.bits.db.Bound;
import page.bits.db.Datom;
import page.bits.db.DatomRange;
import page.bits.db.Db;
import page.bits.db.DbStats;
import page.bits.db.Entity;
import page.bits.db.Index;
import page.bits.db.IndexPull;
import page.bits.db.Pulled;
import page.bits.db.ReadSet;
import page.bits.db.Recorded;
import page.bits.db.Rows;
import page.bits.db.TxReport;

/// A database value that is a list of datoms: enough for fragments that read `datoms(EAVT, e, a)`.
/// Every assertion replaces the one before of that entity and attribute.
public final class FakeDb implements Db {
  private final long basisT;
  private final List<Datom> datoms;
  private final @Nullable List<DatomRange> reads;

  FakeDb(long basisT, List<Datom> datoms) {
    this(basisT, datoms, null);
  }

  private FakeDb(long basisT, List<Datom> datoms, @Nullable List<DatomRange> reads) {
    this.basisT = basisT;
    this.datoms = List.copyOf(datoms);
    this.reads = reads;
  }

  /// The value of an entity's attribute; 0 when there is none.
  public static long read(Db db, long e, long a) {
    for (Datom datom : db.datoms(Index.EAVT, e, a)) {
      return (Long) datom.v();
    }
    return 0;
  }

  FakeDb with(long t, Datom datom) {
    var next = new ArrayList<>(datoms);
    next.removeIf(old -> old.e() == datom.e() && old.a() == datom.a());
    next.add(datom);
    return new FakeDb(t, next);
  }

  @Override
  public UUID databaseId() {
    return new UUID(0, 0);
  }

  @Override
  public long basisT() {
    return basisT;
  }

  @Override
  public Iterable<Datom> datoms(Index index, Object... components) {
    long e = (Long) components[0];
    long a = (Long) components[1];
    if (reads != null) {
      reads.add(
          new DatomRange(
              Bound.before(index, 2, e, a, null, 0), Bound.after(index, 2, e, a, null, 0)));
    }
    return datoms.stream().filter(datom -> datom.e() == e && datom.a() == a).toList();
  }

  @Override
  public <T extends @Nullable Object> Recorded<T> recorded(Function<Db, T> computation) {
    var ranges = new ArrayList<DatomRange>();
    T result = computation.apply(new FakeDb(basisT, datoms, ranges));
    return new Recorded<>(result, new ReadSet(ranges));
  }

  @Override
  public Db asOf(long t) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Db asOf(Instant at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Db since(long t) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long nextT() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Db since(Instant at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public OptionalLong asOfT() {
    throw new UnsupportedOperationException();
  }

  @Override
  public OptionalLong sinceT() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isHistory() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isFiltered() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Db history() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Db filter(BiPredicate<Db, Datom> keep) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TxReport with(List<?> forms) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable Object q(Object query, Object... inputs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Rows query(Object query, Object... inputs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Pulled pull(Object pattern, Object entity) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <R extends Record> Optional<R> pull(Class<R> shape, Object entity) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Pulled> pullMany(Object pattern, Iterable<?> entities) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Entity entity(Object entity) {
    throw new UnsupportedOperationException();
  }

  @Override
  public OptionalLong entid(Object entity) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<page.bits.edn.Keyword> ident(Object entity) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Iterable<Datom> seekDatoms(Index index, Object... components) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Iterable<Datom> indexRange(
      Object attribute, @Nullable Object start, @Nullable Object end) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long entidAt(Object partition, long t) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long entidAt(Object partition, Instant at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<AttributeInfo> attribute(Object attribute) {
    throw new UnsupportedOperationException();
  }

  @Override
  public DbStats stats() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Iterable<Datom> seekDatomsReverse(Index index, Object... components) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Iterable<Pulled> indexPull(IndexPull request) {
    throw new UnsupportedOperationException();
  }
}
