/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Entity;
import page.bits.db.Index;
import page.bits.db.IndexPull;
import page.bits.db.TxReport;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;

/// Bits in memory, through its outside face.
public final class BitsContender implements Contender {
  private final String prefix;
  private int databases;
  private @Nullable Connection connection;

  /// `prefix` keeps the databases of several contenders of one process apart.
  public BitsContender(String prefix) {
    this.prefix = prefix;
    JudgeFunctions.register();
  }

  @Override
  public String name() {
    return "bits";
  }

  @Override
  public void begin() {
    close();
    connection = Bits.connect("bits:mem:" + prefix + databases++);
  }

  private Connection connection() {
    if (connection == null) {
      throw new IllegalStateException("begin was not called");
    }
    return connection;
  }

  private static Db db(Object db) {
    return (Db) db;
  }

  @Override
  public Object db() {
    return connection().db();
  }

  @Override
  public Committed transact(List<?> forms) {
    return committed(connection().transact(forms));
  }

  @Override
  public Committed with(Object db, List<?> forms) {
    return committed(db(db).with(forms));
  }

  private static Committed committed(TxReport report) {
    return new Committed(report.dbAfter(), report.txData(), report.tempids());
  }

  @Override
  public Object asOf(Object db, Object point) {
    return point instanceof Instant at ? db(db).asOf(at) : db(db).asOf((Long) point);
  }

  @Override
  public Object since(Object db, Object point) {
    return point instanceof Instant at ? db(db).since(at) : db(db).since((Long) point);
  }

  @Override
  public Object history(Object db) {
    return db(db).history();
  }

  @Override
  public Object without(Object db, Keyword attribute) {
    long a = db(db).entid(attribute).orElseThrow();
    return db(db).filter((_, datom) -> datom.a() != a);
  }

  @Override
  public Object unflagged(Object db, Keyword attribute) {
    return db(db)
        .filter(
            (whole, datom) ->
                !whole.datoms(Index.EAVT, datom.e(), attribute, true).iterator().hasNext());
  }

  @Override
  public long entidAt(Object db, Object partition, Object point) {
    return point instanceof Instant at
        ? db(db).entidAt(partition, at)
        : db(db).entidAt(partition, (Long) point);
  }

  @Override
  public @Nullable Object q(Object query, List<?> inputs) {
    return Bits.q(query, inputs.toArray());
  }

  @Override
  public @Nullable Object pull(Object db, Object pattern, @Nullable Object entity) {
    return db(db).pull(pattern, java.util.Objects.requireNonNull(entity, "entity"));
  }

  @Override
  public List<?> pullMany(Object db, Object pattern, List<?> entities) {
    return db(db).pullMany(pattern, entities);
  }

  @Override
  public List<Datom> datoms(Object db, String index, List<?> components, int max) {
    return first(db(db).datoms(index(index), components.toArray()), max);
  }

  @Override
  public List<Datom> seek(Object db, String index, List<?> components, int max) {
    return first(db(db).seekDatoms(index(index), components.toArray()), max);
  }

  private static Index index(String name) {
    return Index.valueOf(name.toUpperCase(Locale.ROOT));
  }

  static <T> List<T> first(Iterable<T> all, int max) {
    var list = new ArrayList<T>();
    for (T each : all) {
      if (list.size() == max) {
        break;
      }
      list.add(each);
    }
    return list;
  }

  @Override
  public List<Datom> range(
      Object db, Object attribute, @Nullable Object start, @Nullable Object end) {
    return first(db(db).indexRange(attribute, start, end), Integer.MAX_VALUE);
  }

  @Override
  public List<?> indexPull(Object db, Map<?, ?> request, int max) {
    Keyword index = (Keyword) required(request, "index");
    List<?> start = (List<?>) required(request, "start");
    IndexPull walk =
        IndexPull.of(index(index.name()), required(request, "selector"), start.toArray());
    boolean isReverse = Boolean.TRUE.equals(request.get(Keyword.of("reverse")));
    return first(db(db).indexPull(isReverse ? walk.reverse() : walk), max);
  }

  private static Object required(Map<?, ?> request, String key) {
    return java.util.Objects.requireNonNull(request.get(Keyword.of(key)), key);
  }

  @Override
  public @Nullable Object entid(Object db, Object entity) {
    var found = db(db).entid(entity);
    return found.isPresent() ? (Object) found.getAsLong() : null;
  }

  @Override
  public @Nullable Keyword ident(Object db, Object entity) {
    return db(db).ident(entity).orElse(null);
  }

  @Override
  public @Nullable Object touch(Object db, Object entity) {
    return touched(db(db).entity(entity), connection().db());
  }

  /// Components are shown whole, other entities as their id, as `touch` of Datomic does.
  private static Map<Object, Object> touched(Entity entity, Db newest) {
    var map = new LinkedHashMap<Object, Object>();
    for (String attribute : entity.keySet()) {
      boolean isComponent =
          Boolean.TRUE.equals(
              newest.pull("[:db/isComponent]", attribute).get(Keyword.of("db/isComponent")));
      entity
          .get(attribute)
          .ifPresent(v -> map.put(Keyword.of(attribute), shown(v, isComponent ? newest : null)));
    }
    map.put(Keyword.of("db/id"), entity.entityId());
    return map;
  }

  /// `newest` is where components are shown whole, null where they are not.
  private static Object shown(Object value, @Nullable Db newest) {
    return switch (value) {
      case Entity entity when newest != null -> touched(entity, newest);
      case Entity entity -> Map.of(Keyword.of("db/id"), entity.entityId());
      case Set<?> set -> {
        var all = new LinkedHashSet<Object>();
        set.forEach(each -> all.add(shown(each, newest)));
        yield all;
      }
      default -> value;
    };
  }

  @Override
  public Object log() {
    return connection().log();
  }

  @Override
  public List<List<Datom>> txRange(@Nullable Object start, @Nullable Object end) {
    var all = new ArrayList<List<Datom>>();
    connection().log().txRange(start, end).forEach(tx -> all.add(tx.data()));
    return all;
  }

  @Override
  public long basisT(Object db) {
    return db(db).basisT();
  }

  @Override
  public Refusal refusal(Throwable thrown) {
    return thrown instanceof BitsException refused
        ? new Refusal(refused.code(), refused.getMessage() + " " + refused.data())
        : new Refusal("untyped " + thrown.getClass().getSimpleName(), String.valueOf(thrown));
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
