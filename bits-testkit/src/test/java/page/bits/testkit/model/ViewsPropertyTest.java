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
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import page.bits.conformance.Row;
import page.bits.db.AttributeInfo;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Index;
import page.bits.db.IndexPull;
import page.bits.db.Partition;
import page.bits.db.TxReport;
import page.bits.edn.Edn;
import page.bits.error.BitsException;
import page.bits.testkit.Seed;

/// Random transactions; then every view at every t, its indexes, walks and pulls, against a list of
/// datoms. Fails with the seed in the output: `-Dtest.seed=N` runs the same again.
final class ViewsPropertyTest {
  private static final String URI = "bits:mem:" + ViewsPropertyTest.class.getName();
  private static final int ENTITIES = 7;
  private static final int TRANSACTIONS = 40;
  private static final List<String> PATTERNS =
      List.of(
          "[*]",
          "[:db/id :m/name]",
          "[:m/age :m/tag :m/nick :m/friend :m/boss :m/part :m/one]",
          "[:m/_friend :m/_boss :m/_part :m/_one]",
          "[{:m/friend [:m/name {:m/boss [:db/id]}]} [:m/age :default false]]",
          "[* {:m/part [:m/age]} [:m/tag :limit 1 :as :t]]",
          "[:m/name {:m/boss ...}]",
          "[:db/id {:m/boss 2 [:m/friend :limit 2] 1}]",
          "[* {:m/_boss ...}]",
          "[:m/age {[:m/one :default :none] ...}]",
          "[{[:m/_friend :as \"of\"] [*]} {[:m/part :default 1] [:m/tag]}]");

  private final Random random = Seed.random("views");
  private final Connection connection = Bits.connect(URI);
  private final List<Datom> words = new ArrayList<>();
  private final List<TxReport> reports = new ArrayList<>();
  private final Map<Long, AttributeInfo> schema = new HashMap<>();
  private List<Long> entities = List.of();

  @AfterEach
  void close() {
    connection.close();
    Bits.delete(URI);
  }

  private void prepare() {
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
    for (int i = 0; i < TRANSACTIONS; i++) {
      commit(forms());
    }
    for (Datom word : words) {
      schema.computeIfAbsent(word.a(), a -> connection.db().attribute(a).orElseThrow());
    }
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

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private List<Object> forms() {
    var forms = new ArrayList<Object>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      String a =
          one(
              List.of(
                  "name", "age", "age", "tag", "nick", "friend", "friend", "boss", "part", "one"));
      Object v =
          switch (a) {
            case "name", "tag" -> one(List.of("a", "b", "c", "d"));
            case "age", "nick" -> (long) random.nextInt(5);
            default -> one(entities);
          };
      forms.add(
          switch (random.nextInt(12)) {
            case 0 -> List.of(":db/retractEntity", one(entities));
            case 1, 2, 3 -> List.of(":db/retract", one(entities), ":m/" + a, v);
            case 4 -> List.of(":db/retract", one(entities), ":m/" + a);
            default -> List.of(":db/add", one(entities), ":m/" + a, v);
          });
    }
    return forms;
  }

  @Row({"H-02", "H-03", "H-04", "H-05", "H-06", "Q-60", "Q-67", "RA-09", "RA-11", "RF-09", "RF-10"})
  @RepeatedTest(3)
  void views_atEveryT_areThoseOfTheList() {
    prepare();
    NaiveDb model = NaiveDb.of(words, schema);
    Db db = connection.db();
    for (TxReport report : reports) {
      long t = report.t();
      assertAgree(db.asOf(t), model.asOf(t));
      assertAgree(db.asOf(t - 1), model.asOf(t - 1));
      assertAgree(db.since(t), model.since(t));
      assertAgree(db.history().asOf(t), model.asOf(t).history());
      assertAgree(db.since(t).history(), model.history().since(t));
      assertAgree(report.dbAfter(), until(report.t()));
      assertAgree(report.dbBefore(), until(report.prevT()));
    }
    for (int i = 0; i < 60; i++) {
      TxReport report = one(reports);
      boolean isMoment = random.nextInt(4) == 0;
      randomView(isMoment ? report.dbAfter() : db, isMoment ? until(report.t()) : model);
    }
  }

  private NaiveDb until(long t) {
    return NaiveDb.of(words.stream().filter(word -> word.t() <= t).toList(), schema);
  }

  /// Up to four views on each other.
  private void randomView(Db start, NaiveDb startModel) {
    Db db = start;
    NaiveDb model = startModel;
    var said = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      long t = one(reports).t() - random.nextInt(2);
      switch (random.nextInt(model.isHistory() ? 4 : 5)) {
        case 0 -> {
          said.append(" as-of ").append(t);
          db = db.asOf(t);
          model = model.asOf(t);
        }
        case 1 -> {
          said.append(" since ").append(t);
          db = db.since(t);
          model = model.since(t);
        }
        case 2 -> {
          said.append(" history");
          db = db.history();
          model = model.history();
        }
        case 3 -> {
          int which = random.nextInt(4);
          said.append(" filter ").append(which);
          Predicate<Datom> keep = filter(which);
          db = db.filter((_, datom) -> keep.test(datom));
          model = model.filter(keep);
        }
        default -> {
          List<Object> forms = forms();
          said.append(" with ").append(forms);
          try {
            TxReport report = db.with(forms);
            db = report.dbAfter();
            model = model.with(report.txData());
          } catch (BitsException _) { // refused, by both
            said.append(" refused");
          }
        }
      }
    }
    assertThat(said).isNotEmpty();
    assertAgree(db, model);
  }

  private Predicate<Datom> filter(int which) {
    return switch (which) {
      case 0 -> Datom::added;
      case 1 -> datom -> !datom.v().equals(2L);
      case 2 -> datom -> datom.e() != entities.getFirst();
      default -> datom -> datom.t() % 2 == 0;
    };
  }

  private void assertAgree(Db db, NaiveDb model) {
    for (Index index : Index.values()) {
      assertThat(list(db.datoms(index))).as("%s %s", db, index).isEqualTo(model.datoms(index));
      List<Datom> shown = model.datoms(index);
      if (shown.isEmpty()) {
        continue;
      }
      Datom at = one(shown);
      List<Object> all =
          switch (index) {
            case EAVT -> List.of(at.e(), at.a(), at.v());
            case AEVT -> List.of(at.a(), at.e(), at.v());
            case AVET -> List.of(at.a(), at.v(), at.e());
            case VAET -> List.of(at.v(), at.a(), at.e());
          };
      List<Object> prefix = all.subList(0, 1 + random.nextInt(3));
      Object[] components = prefix.toArray();
      assertThat(list(db.datoms(index, components)))
          .as("%s %s %s", db, index, prefix)
          .isEqualTo(model.datoms(index, prefix));
      assertThat(list(db.seekDatoms(index, components)))
          .as("%s from %s %s", db, index, prefix)
          .isEqualTo(model.seek(index, prefix));
      assertThat(list(db.seekDatomsReverse(index, components)))
          .as("%s back from %s %s", db, index, prefix)
          .isEqualTo(model.seekReverse(index, prefix));
    }
    long age = db.entid(":m/age").orElseThrow();
    long from = random.nextInt(4);
    long to = random.nextInt(6);
    assertThat(list(db.indexRange(":m/age", from, to)))
        .isEqualTo(
            model.seek(Index.AVET, List.of(age, from)).stream()
                .filter(datom -> datom.a() == age && (Long) datom.v() < to)
                .toList());
    if (!model.isHistory()) {
      assertPullsAgree(db, model);
    }
  }

  private void assertPullsAgree(Db db, NaiveDb model) {
    List<?> pattern = (List<?>) Objects.requireNonNull(Edn.read(one(PATTERNS)));
    long e = one(entities);
    assertThat((Map<?, ?>) db.pull(pattern, e))
        .as("%s %s %s", db, pattern, e)
        .isEqualTo(NaivePull.pull(model, pattern, e));
    boolean isReverse = random.nextBoolean();
    long age = db.entid(":m/age").orElseThrow();
    List<Object> start = List.of(age, (long) random.nextInt(6));
    IndexPull walk = IndexPull.of(Index.AVET, pattern, start.toArray()).limit(3);
    List<Datom> along =
        isReverse ? model.seekReverse(Index.AVET, start) : model.seek(Index.AVET, start);
    assertThat(list(db.indexPull(isReverse ? walk.reverse() : walk)))
        .isEqualTo(
            along.stream()
                .filter(datom -> datom.a() == age)
                .limit(3)
                .map(datom -> NaivePull.pull(model, pattern, datom.e()))
                .toList());
  }

  private static <T> List<T> list(Iterable<T> values) {
    return StreamSupport.stream(values.spliterator(), /* parallel= */ false).toList();
  }

  /// A result that a transaction changes was read from a range that it touches.
  @RepeatedTest(3)
  void readSets_ofEveryAccess_holdWhatChangesTheResult() {
    prepare();
    Db db = connection.db();
    int changed = 0;
    for (int i = 0; i < 400; i++) {
      Function<Db, @Nullable Object> computation = computation();
      var before = db.recorded(computation);
      TxReport report;
      try {
        report = db.with(forms());
      } catch (BitsException _) { // refused: nothing changes
        continue;
      }
      Object after = report.dbAfter().recorded(computation).result();
      if (!String.valueOf(after).equals(String.valueOf(before.result()))) {
        changed++;
        assertThat(before.reads().touchedBy(report.txData()))
            .as("%s became %s by %s", before.result(), after, report.txData())
            .isTrue();
      }
    }
    assertThat(changed).isPositive();
  }

  private Function<Db, @Nullable Object> computation() {
    Function<Db, Db> view = recordedView();
    long e = one(entities);
    String pattern = one(PATTERNS);
    long limit = 1L + random.nextInt(3);
    Index index = one(List.of(Index.values()));
    long start = random.nextInt(5);
    return switch (random.nextInt(7)) {
      case 0 -> db -> list(view.apply(db).datoms(Index.EAVT, e));
      case 1 ->
          db ->
              StreamSupport.stream(
                      view.apply(db).seekDatoms(Index.AVET, ":m/age", start).spliterator(), false)
                  .limit(limit)
                  .toList();
      case 2 ->
          db ->
              StreamSupport.stream(view.apply(db).seekDatomsReverse(index).spliterator(), false)
                  .limit(limit)
                  .toList();
      case 3 -> db -> list(view.apply(db).indexRange(":m/nick", start, start + 2));
      case 4 -> db -> db.pull(pattern, e);
      case 5 ->
          db ->
              list(
                  db.indexPull(
                      IndexPull.of(Index.AVET, pattern, ":m/age", start).reverse().limit(limit)));
      default -> db -> db.entity(e).touch().toString();
    };
  }

  private Function<Db, Db> recordedView() {
    long t = one(reports).t();
    Predicate<Datom> keep = filter(random.nextInt(4));
    return switch (random.nextInt(5)) {
      case 0 -> Db::history;
      case 1 -> db -> db.since(t);
      case 2 -> db -> db.filter((_, datom) -> keep.test(datom));
      case 3 ->
          db ->
              db.filter((all, datom) -> all.entid(List.of(":m/name", "a")).orElse(0) != datom.e());
      default -> db -> db;
    };
  }
}
