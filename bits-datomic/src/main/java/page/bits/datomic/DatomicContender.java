/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.datomic;

import clojure.lang.IExceptionInfo;
import datomic.Connection;
import datomic.Database;
import datomic.Datom;
import datomic.Entity;
import datomic.Peer;
import datomic.QueryRequest;
import datomic.Util;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import page.bits.edn.Keyword;
import page.bits.testkit.differential.Contender;

/// Datomic in memory (`datomic:mem:`), through the public Java API of its peer library.
public final class DatomicContender implements Contender {
  private static final long QUERY_TIMEOUT_MILLIS = 5_000;
  private static final Object ERROR = Util.read(":db/error");
  private static final Object INNER_ERROR = Util.read(":cognitect.anomalies/category");

  private final ToClojure to = new ToClojure();
  private int databases;
  private @Nullable Connection connection;

  @Override
  public String name() {
    return "datomic";
  }

  @Override
  public void begin() {
    close();
    String uri = "datomic:mem://judge" + databases++;
    Peer.createDatabase(uri);
    connection = Peer.connect(uri);
  }

  private Connection connection() {
    return Objects.requireNonNull(connection, "begin was not called");
  }

  private static Database db(Object db) {
    return (Database) db;
  }

  @Override
  public Object db() {
    return connection().db();
  }

  @Override
  public Committed transact(List<?> forms) {
    try {
      return committed(connection().transact(to.all(forms)).get());
    } catch (ExecutionException failed) {
      throw new Wrapped(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Wrapped(stopped);
    }
  }

  private static final class Wrapped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Wrapped(Throwable cause) {
      super(cause);
    }
  }

  @Override
  public Committed with(Object db, List<?> forms) {
    return committed(db(db).with(to.all(forms)));
  }

  private static Committed committed(Map<?, ?> result) {
    var tempids = new HashMap<String, Long>();
    ((Map<?, ?>) required(result, Connection.TEMPIDS))
        .forEach(
            (tempid, e) -> {
              if (tempid instanceof String || isOfTheCaller(tempid)) {
                tempids.put(tempid.toString(), (Long) e);
              }
            });
    List<page.bits.db.Datom> datoms = datoms((Collection<?>) required(result, Connection.TX_DATA));
    return new Committed(required(result, Connection.DB_AFTER), datoms, tempids);
  }

  /// Numbers that programs use as tempids are small; those that Datomic makes are not.
  private static boolean isOfTheCaller(Object tempid) {
    return tempid instanceof Long number && number > -1_000_000;
  }

  private static Object required(Map<?, ?> result, Object key) {
    return Objects.requireNonNull(result.get(key));
  }

  private static List<page.bits.db.Datom> datoms(Iterable<?> datoms) {
    return datoms(datoms, Integer.MAX_VALUE);
  }

  private static List<page.bits.db.Datom> datoms(Iterable<?> datoms, int max) {
    var all = new ArrayList<page.bits.db.Datom>();
    for (Object datom : datoms) {
      if (all.size() == max) {
        break;
      }
      all.add(FromClojure.datom((Datom) datom));
    }
    return all;
  }

  @Override
  public Object asOf(Object db, Object point) {
    return db(db).asOf(to.convert(point));
  }

  @Override
  public Object since(Object db, Object point) {
    return db(db).since(to.convert(point));
  }

  @Override
  public Object history(Object db) {
    return db(db).history();
  }

  @Override
  public Object without(Object db, Keyword attribute) {
    long a = ((Number) db(db).entid(to.convert(attribute))).longValue();
    return db(db).filter(keep((_, datom) -> ((Number) datom.a()).longValue() != a));
  }

  @Override
  public Object unflagged(Object db, Keyword attribute) {
    Object a = Objects.requireNonNull(to.convert(attribute));
    return db(db)
        .filter(
            keep(
                (whole, datom) ->
                    !whole.datoms(Database.EAVT, datom.e(), a, true).iterator().hasNext()));
  }

  private static Database.Predicate<Datom> keep(Database.Predicate<Datom> predicate) {
    return predicate;
  }

  @Override
  public long entidAt(Object db, Object partition, Object point) {
    return (Long) db(db).entidAt(to.convert(partition), to.convert(point));
  }

  @Override
  public @Nullable Object q(Object query, List<?> inputs) {
    Object[] given = to.all(inputs).toArray();
    QueryRequest request =
        QueryRequest.create(to.convert(query), given).timeout(QUERY_TIMEOUT_MILLIS);
    return FromClojure.convert(Peer.query(request));
  }

  @Override
  public @Nullable Object pull(Object db, Object pattern, @Nullable Object entity) {
    return FromClojure.convert(db(db).pull(to.convert(pattern), to.convert(entity)));
  }

  @Override
  public List<?> pullMany(Object db, Object pattern, List<?> entities) {
    return FromClojure.list(db(db).pullMany(to.convert(pattern), to.all(entities)));
  }

  @Override
  public List<page.bits.db.Datom> datoms(Object db, String index, List<?> components, int max) {
    return datoms(db(db).datoms(Util.read(":" + index), to.all(components).toArray()), max);
  }

  @Override
  public List<page.bits.db.Datom> seek(Object db, String index, List<?> components, int max) {
    return datoms(db(db).seekDatoms(Util.read(":" + index), to.all(components).toArray()), max);
  }

  @Override
  public List<page.bits.db.Datom> range(
      Object db, Object attribute, @Nullable Object start, @Nullable Object end) {
    return datoms(db(db).indexRange(to.convert(attribute), to.convert(start), to.convert(end)));
  }

  @Override
  public List<?> indexPull(Object db, Map<?, ?> request, int max) {
    try (Stream<?> pulled = db(db).indexPull(to.convert(request))) {
      return pulled.limit(max).map(FromClojure::convert).toList();
    }
  }

  @Override
  public @Nullable Object entid(Object db, Object entity) {
    return FromClojure.convert(db(db).entid(to.convert(entity)));
  }

  @Override
  public @Nullable Keyword ident(Object db, Object entity) {
    Object ident = db(db).ident(to.convert(entity));
    return ident instanceof clojure.lang.Keyword keyword ? FromClojure.keyword(keyword) : null;
  }

  @Override
  public @Nullable Object touch(Object db, Object entity) {
    Entity found = db(db).entity(to.convert(entity));
    return found == null ? null : touched(found.touch());
  }

  private static Map<Object, Object> touched(Entity entity) {
    var map = new LinkedHashMap<Object, Object>();
    for (Object attribute : entity.keySet()) {
      boolean isComponent =
          entity.db() instanceof Database db && db.attribute(attribute).isComponent();
      map.put(Keyword.of((String) attribute), shown(entity.get(attribute), isComponent));
    }
    map.put(Keyword.of("db/id"), entity.get(":db/id"));
    return map;
  }

  private static Object shown(Object value, boolean isComponent) {
    return switch (value) {
      case Entity entity when isComponent -> touched(entity);
      case java.util.Set<?> set -> {
        var all = new LinkedHashSet<Object>();
        set.forEach(each -> all.add(shown(each, isComponent)));
        yield all;
      }
      default -> Objects.requireNonNull(FromClojure.convert(value));
    };
  }

  @Override
  public Object log() {
    return connection().log();
  }

  @Override
  public List<List<page.bits.db.Datom>> txRange(@Nullable Object start, @Nullable Object end) {
    var all = new ArrayList<List<page.bits.db.Datom>>();
    for (Object tx : connection().log().txRange(to.convert(start), to.convert(end))) {
      all.add(datoms((Collection<?>) required((Map<?, ?>) tx, datomic.Log.DATA)));
    }
    return all;
  }

  @Override
  public long basisT(Object db) {
    return db(db).basisT();
  }

  /// The code is the first that the chain of causes carries.
  @Override
  public Refusal refusal(Throwable thrown) {
    Throwable last = thrown;
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      last = t;
      String code = code(t);
      if (code != null) {
        return new Refusal(code, said(t.getMessage()));
      }
    }
    return new Refusal("untyped " + last.getClass().getSimpleName(), said(String.valueOf(last)));
  }

  /// The message without its numbers, which are another in each run.
  private static String said(@Nullable String message) {
    return String.valueOf(message).replaceAll("[0-9]+", "#");
  }

  private static @Nullable String code(Throwable thrown) {
    if (thrown instanceof IExceptionInfo info) {
      Object error = info.getData().valAt(ERROR);
      Object category = info.getData().valAt(INNER_ERROR);
      Object code = error == null ? category : error;
      return code == null ? null : code.toString();
    }
    return null;
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.release();
      Peer.deleteDatabase("datomic:mem://judge" + (databases - 1));
      connection = null;
    }
  }

  /// Ends the threads of the library.
  static void shutdown() {
    Peer.shutdown(true);
  }
}
