/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import page.bits.db.AttributeInfo;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Index;
import page.bits.db.Partition;
import page.bits.db.TxReport;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;

/// A database of a few people with attributes of every kind, and every word that was said in it.
/// Its entities have the same ids each time. Confined to one thread.
final class ViewsWorld implements AutoCloseable {
  private static final AtomicLong NUMBER = new AtomicLong();
  private static final int ENTITIES = 7;

  private final String uri = "bits:mem:" + ViewsWorld.class.getName() + NUMBER.incrementAndGet();
  private final Connection connection = Bits.connect(uri);
  private final List<Datom> words = new ArrayList<>();
  private final List<TxReport> reports = new ArrayList<>();
  private final List<Long> entities;

  ViewsWorld() {
    connection.ensureSchema(
        """
        [{:db/ident :m/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one
          :db/unique :db.unique/identity}
         {:db/ident :m/age :db/valueType :db.type/long :db/cardinality :db.cardinality/one :db/index true}
         {:db/ident :m/tag :db/valueType :db.type/string :db/cardinality :db.cardinality/many}
         {:db/ident :m/nick :db/valueType :db.type/long :db/cardinality :db.cardinality/many :db/index true}
         {:db/ident :m/friend :db/valueType :db.type/ref :db/cardinality :db.cardinality/many}
         {:db/ident :m/boss :db/valueType :db.type/ref :db/cardinality :db.cardinality/one}
         {:db/ident :m/part :db/valueType :db.type/ref :db/cardinality :db.cardinality/many
          :db/isComponent true}
         {:db/ident :m/one :db/valueType :db.type/ref :db/cardinality :db.cardinality/one
          :db/isComponent true}]""");
    connection.db().history().datoms(Index.EAVT).forEach(words::add);
    entities =
        LongStream.rangeClosed(1, ENTITIES)
            .map(i -> Partition.entityId(Partition.USER, connection.db().nextT() + i))
            .boxed()
            .toList();
    var first = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < ENTITIES; i++) {
      first.add(Map.of(":db/id", "e" + i, ":m/age", i));
    }
    commit(first);
    assertThat(reports.getFirst().tempids().values()).containsExactlyInAnyOrderElementsOf(entities);
  }

  /// The world after these transactions; those that are refused change nothing.
  static ViewsWorld of(List<?> transactions) {
    var world = new ViewsWorld();
    transactions.forEach(forms -> world.commit((List<?>) Objects.requireNonNull(forms)));
    return world;
  }

  private void commit(List<?> forms) {
    try {
      TxReport report = connection.transact(forms);
      words.addAll(report.txData());
      reports.add(report);
    } catch (BitsException _) { // a contradiction, or a name that is taken
      assertThat(connection.db().basisT()).isPositive();
    }
  }

  @Override
  public void close() {
    connection.close();
    Bits.delete(uri);
  }

  Db db() {
    return connection.db();
  }

  List<Long> entities() {
    return entities;
  }

  List<TxReport> reports() {
    return reports;
  }

  /// The n-th report, counted around.
  TxReport report(Object n) {
    return reports.get(((Long) n).intValue() % reports.size());
  }

  /// The list of words up to t.
  NaiveDb until(long t) {
    Map<Long, AttributeInfo> schema = new HashMap<>();
    for (Datom word : words) {
      schema.computeIfAbsent(word.a(), a -> connection.db().attribute(a).orElseThrow());
    }
    return NaiveDb.of(words.stream().filter(word -> word.t() <= t).toList(), schema);
  }

  Predicate<Datom> filter(int which) {
    return switch (which) {
      case 0 -> Datom::added;
      case 1 -> datom -> !datom.v().equals(2L);
      case 2 -> datom -> datom.e() != entities.getFirst();
      default -> datom -> datom.t() % 2 == 0;
    };
  }

  /// A value and its model, seen through the views, one on the other: `[:as-of n back]`, `[:since n
  /// back]` (the t of the n-th report, less `back`), `[:history]`, `[:filter which]`, `[:with
  /// forms]`.
  void see(Db start, NaiveDb startModel, List<?> views, ViewsAgree agree) {
    Db db = start;
    NaiveDb model = startModel;
    for (Object each : views) {
      List<?> view = (List<?>) Objects.requireNonNull(each);
      switch (((Keyword) Objects.requireNonNull(view.getFirst())).name()) {
        case "as-of" -> {
          long t = report(view.get(1)).t() - (Long) view.get(2);
          db = db.asOf(t);
          model = model.asOf(t);
        }
        case "since" -> {
          long t = report(view.get(1)).t() - (Long) view.get(2);
          db = db.since(t);
          model = model.since(t);
        }
        case "history" -> {
          db = db.history();
          model = model.history();
        }
        case "filter" -> {
          Predicate<Datom> keep = filter(((Long) view.get(1)).intValue());
          db = db.filter((_, datom) -> keep.test(datom));
          model = model.filter(keep);
        }
        default -> {
          if (!model.isHistory()) {
            try {
              TxReport report = db.with((List<?>) view.get(1));
              db = report.dbAfter();
              model = model.with(report.txData());
            } catch (BitsException _) { // refused: both stay as they are
              assertThat(view).hasSize(2);
            }
          }
        }
      }
    }
    agree.check(db, model);
  }

  static <T> List<T> list(Iterable<T> values) {
    return StreamSupport.stream(values.spliterator(), /* parallel= */ false).toList();
  }
}
