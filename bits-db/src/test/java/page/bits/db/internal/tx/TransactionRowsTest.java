/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.Datom;
import page.bits.db.DbError;
import page.bits.db.Functions;
import page.bits.db.Partition;
import page.bits.db.Tx;
import page.bits.db.Uuids;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.schema.Ids;
import page.bits.db.spi.Bytes;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;
import page.bits.error.BitsException;

/// Rows of Datomic's model that no other test of transactions shows.
final class TransactionRowsTest {
  private static final String SCHEMA =
      """
      [{:db/ident :x/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
       {:db/ident :x/i :db/valueType :db.type/long :db/cardinality :db.cardinality/one :db/index true}
       {:db/ident :x/many :db/valueType :db.type/long :db/cardinality :db.cardinality/many}
       {:db/ident :x/key :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :x/ref :db/valueType :db.type/ref :db/cardinality :db.cardinality/many}
       {:db/ident :x/part :db/valueType :db.type/ref :db/cardinality :db.cardinality/many
        :db/isComponent true}]
      """;

  private final TestDb db = TestDb.with(SCHEMA);

  private static List<Object> key(String key) {
    return List.of(":x/key", key);
  }

  private @Nullable Object stored(String type, Object value) {
    String ident = ":v/" + type;
    db.transact(
        List.of(
            Map.of(
                ":db/ident",
                ident,
                ":db/valueType",
                ":db.type/" + type,
                ":db/cardinality",
                ":db.cardinality/one")));
    Evaluated e = db.transact(List.of(Map.of(":db/id", "e", ident, value)));
    return db.value(TestDb.id(e, "e"), ident);
  }

  @Test
  @Row({"S-20", "S-21", "S-22", "S-23", "S-24", "S-25", "S-26", "S-27", "S-28"})
  void value_ofEveryType_isHeldAsItsJavaClass() {
    UUID uuid = Uuids.v7();
    assertThat(stored("bigdec", new BigDecimal("1.50"))).isEqualTo(new BigDecimal("1.50"));
    assertThat(stored("bigint", new BigInteger("12"))).isEqualTo(new BigInteger("12"));
    assertThat(stored("boolean", false)).isEqualTo(false);
    assertThat(stored("long", 5)).isEqualTo(5L);
    assertThat(stored("double", Double.NaN)).isEqualTo(Double.NaN);
    assertThat(stored("float", 1.1)).isEqualTo(1.1f);
    assertThat(stored("bytes", new byte[] {1})).isEqualTo(Bytes.copyOf(new byte[] {1}));
    assertThat(stored("instant", new Date(7))).isEqualTo(Instant.ofEpochMilli(7));
    assertThat(stored("keyword", ":a/b")).isEqualTo(Keyword.of(":a/b"));
    assertThat(stored("symbol", Symbol.of("a/b"))).isEqualTo(Symbol.of("a/b"));
    assertThat(stored("ref", ":x/n")).isEqualTo(db.id(":x/n"));
    assertThat(stored("string", "s".repeat(10_000))).isEqualTo("s".repeat(10_000));
    assertThat(stored("uuid", uuid)).isEqualTo(uuid);
    assertThat(stored("uri", URI.create("a:b"))).isEqualTo(URI.create("a:b"));
  }

  @Test
  @Row("S-22")
  void notANumber_isReplacedLikeAnyValue() {
    stored("double", Double.NaN);
    db.transact("[{:db/id \"e\" :x/key \"k\" :v/double ##NaN}]");
    assertThat(db.shown(db.transact("[{:x/key \"k\" :v/double ##NaN}]"))).isEmpty();
    assertThat(db.shown(db.transact("[{:x/key \"k\" :v/double 1.0}]")))
        .containsExactlyInAnyOrder("+ :v/double 1.0", "- :v/double NaN");
  }

  @Test
  @Row("S-23")
  void bytes_areNotUniqueAndNamedByNoLookupRef() {
    stored("bytes", new byte[] {1});
    assertThat(
            db.refused(
                    DbError.INVALID_ALTER_ATTRIBUTE,
                    "[{:db/id :v/bytes :db/unique :db.unique/value}]")
                .data())
        .containsEntry("property", Keyword.of(":db/unique"));
    db.refused(
        DbError.LOOKUP_REF_ATTR_NOT_UNIQUE,
        List.of(List.of(":db/add", List.of(":v/bytes", new byte[] {1}), ":x/n", 1)));
  }

  @Test
  @Row({"S-05", "S-53", "RA-10"})
  void index_addedLater_holdsWhatHoldsAndNothingRetracted() {
    db.transact("[{:x/key \"a\" :x/n 1} {:x/key \"b\" :x/n 2}]");
    db.transact("[[:db/retract [:x/key \"b\"] :x/n 2]]");
    long n = db.id(":x/n");
    for (String change :
        List.of(
            "[:db/add :x/n :db/index true]",
            "[:db/retract :x/n :db/index true]",
            "[:db/add :x/n :db/index true]")) {
      db.transact("[" + change + "]");
    }
    assertThat(db.attribute(":x/n").hasAvet()).isTrue();
    var held = new ArrayList<Object>();
    db.source().read(Ranges.avRange(n, null, null)).forEachRemaining(datom -> held.add(datom.v()));
    assertThat(held).containsExactly(1L);
  }

  @Test
  @Row({"S-06", "T-40", "RF-12"})
  void component_isRetractedWithWhatItBelongsToAndReferencesToIt() {
    db.transact(
        "[{:x/key \"whole\" :x/part [{:x/key \"part\" :x/part [{:x/key \"grain\"}]}]}"
            + " {:x/key \"other\" :x/ref [\"w\"]} {:db/id \"w\" :x/key \"whole\"}]");
    Evaluated e = db.transact("[[:db/retractEntity [:x/key \"whole\"]]]");
    assertThat(db.shown(e)).contains("- :x/key whole", "- :x/key part", "- :x/key grain");
    assertThat(db.values(key("other"), ":x/ref")).isEmpty();
  }

  @Test
  @Row({"S-09", "S-16", "S-01"})
  void idents_nameAnyEntityInEveryPosition() {
    db.transact("[{:db/ident :color/red :db/doc \"like blood\" :x/n 1}]");
    db.transact("[[:db/add :color/red :x/ref :color/red] [:db/add :x/n :x/n 7]]");
    assertThat(db.values(":color/red", ":x/ref")).containsExactly(db.id(":color/red"));
    assertThat(db.value(":x/n", ":x/n")).isEqualTo(7L);
    db.transact("[{:db/id :db/doc :x/n 3}]"); // what is born with a database takes annotations too
    assertThat(db.value(":db/doc", ":x/n")).isEqualTo(3L);
  }

  @Test
  @Row({"S-30", "T-45"})
  void codeInTheDatabase_isRefusedWithTheWayOut() {
    for (String form :
        List.of(
            "{:db/ident :fn/inc :db/fn 1}",
            "{:db/ident :fn/inc :db/lang :db.lang/clojure}",
            "{:db/ident :fn/inc :db/code \"(inc x)\"}",
            "{:db/ident :fn/inc :db.install/_function :db.part/db}")) {
      assertThat(db.refused(DbError.UNSUPPORTED, "[" + form + "]").data())
          .hasEntrySatisfying("remedy", to -> assertThat((String) to).contains("Functions"));
    }
  }

  @Test
  @Row("S-76")
  void numbers_ofEntitiesAndTransactionsAreOneRow_ofElementsAnother() {
    TxContext before = db.context();
    Evaluated e =
        db.transact(
            "[{:db/id \"e\" :x/n 1} {:db/id \"a\" :db/ident :y/a :db/valueType :db.type/long"
                + " :db/cardinality :db.cardinality/one}]");
    assertThat(e.t()).isEqualTo(before.nextEntity());
    assertThat(TestDb.id(e, "e")).isEqualTo(Partition.entityId(Partition.USER, e.t() + 1));
    assertThat(TestDb.id(e, "a")).isEqualTo(before.nextElement());
  }

  @Test
  @Row("S-78")
  void uuids_sortByTheirTime() {
    UUID v7 = Uuids.v7();
    assertThat(v7.version()).isEqualTo(7);
    assertThat(v7.variant()).isEqualTo(2);
    UUID squuid = Uuids.squuid();
    assertThat(squuid.version()).isEqualTo(4);
    long gap = Uuids.time(v7).getEpochSecond() - Uuids.time(squuid).getEpochSecond();
    assertThat(gap).isBetween(-86_400L, 86_400L);
    assertThat(Uuids.time(UUID.fromString("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")))
        .isEqualTo(Instant.parse("2022-02-22T19:22:22Z"));
  }

  @Test
  @Row("S-79")
  void baseSchema_hasDatomicsIdentsAtItsNumbers() {
    Map<String, Long> numbers =
        Map.of(
            ":db/ident",
            10L,
            ":db/txInstant",
            50L,
            ":db/doc",
            62L,
            ":db.type/tuple",
            63L,
            ":db/ensure",
            68L,
            ":db.attr/preds",
            71L,
            ":db.tuple/discontinued",
            72L);
    numbers.forEach((ident, number) -> assertThat(db.id(ident)).isEqualTo(number));
  }

  @Test
  @Row("T-08")
  void datomsAsForms_areRefusedByName() {
    Datom datom = new Datom(db.id(":x/n"), db.id(":x/n"), 1L, Partition.tx(1000), true);
    assertThat(db.refused(DbError.INVALID_TX_DATA, List.of(datom)).data())
        .containsEntry("found", "Datom");
  }

  @Test
  @Row({"T-09", "RA-16"})
  @SuppressWarnings("NullAway") // callers of Java need not run the checker
  void nothing_asATransaction_isRefusedCleanly() {
    for (Runnable submit : List.<Runnable>of(() -> Tx.of((List<?>) null), () -> Tx.of("nil"))) {
      assertThat(catchThrowableOfType(BitsException.class, submit::run).is(DbError.INVALID_TX_DATA))
          .isTrue();
    }
    db.refused(DbError.INVALID_TX_DATA, Arrays.asList((Object) null));
    assertThat(db.shown(db.transact("[]"))).isEmpty();
  }

  @Test
  @Row("T-26")
  void tempids_thatTheCallerNamed_areInTheResult() {
    Evaluated e =
        db.transact("[{:db/id \"e\" :x/n 1} {:x/n 2} [:db/add -7 :x/ref \"e\"] {:db/id \"f\"}]");
    assertThat(e.tempids()).containsOnlyKeys("e", "-7");
  }

  @Test
  @Row({"T-37", "T-50", "T-51", "T-55", "T-56", "RF-01"})
  void contradictions_areRefusedAndRepetitionsAreOne() {
    db.transact("[{:x/key \"k\" :x/n 0}]");
    String cas = "[:db/cas [:x/key \"k\"] :x/n 0 %d]";
    db.refused(DbError.DATOMS_CONFLICT, "[" + cas.formatted(1) + cas.formatted(2) + "]");
    db.refused(DbError.CAS_FAILED, "[" + cas.formatted(1) + "[:db/cas [:x/key \"k\"] :x/n 1 2]]");
    db.transact("[" + cas.formatted(1) + cas.formatted(1) + "]");
    assertThat(db.value(key("k"), ":x/n")).isEqualTo(1L);
    db.refused(DbError.DATOMS_CONFLICT, "[{:x/key \"k\" :x/n 2} [:db/add [:x/key \"k\"] :x/n 3]]");
  }

  @Test
  @Row("T-47")
  void collections_thatFunctionsAreHanded_areJavasAndDoNotChange() {
    var handed = new ArrayList<@Nullable Object>();
    Functions.registerTx(
        "test.rows/handed",
        (_, arguments) -> {
          handed.addAll(arguments);
          return List.of();
        });
    db.transact("[[test.rows/handed [1 2] {:a 1} #{3} nil \"text\"]]");
    assertThat(handed)
        .containsExactly(List.of(1L, 2L), Map.of(Keyword.of(":a"), 1L), Set.of(3L), null, "text");
  }

  @Test
  @Row("T-63")
  void t_grows_andIsNotDense() {
    Evaluated one = db.transact("[{:x/n 1} {:x/n 2}]");
    Evaluated next = db.transact("[]");
    assertThat(next.t()).isEqualTo(one.t() + 3);
  }

  @Test
  @Row({"RA-15", "T-40"})
  void retractingWhatIsNotThere_changesNothingAndPoisonsNothing() {
    db.transact("[{:x/key \"k\" :x/n 1}]");
    for (String form :
        List.of(
            "[:db/retractEntity [:x/key \"nobody\"]]",
            "[:db/retract [:x/key \"k\"] :x/n 99]",
            "[:db/retract [:x/key \"k\"] :x/many]")) {
      assertThat(db.shown(db.transact("[" + form + "]"))).as(form).isEmpty();
    }
    db.refused(DbError.NOT_AN_ENTITY, "[[:db/retractEntity :x/nope]]");
    db.transact("[{:x/key \"k\" :x/n 99}]");
  }

  @Test
  @Row({"T-23", "T-31"})
  void retractionByATempid_findsTheHolderOfAnIdentity() {
    db.transact("[{:x/key \"k\" :x/n 1}]");
    long k = db.id(key("k"));
    Evaluated e = db.transact("[[:db/retract \"e\" :x/key \"k\"] [:db/add \"e\" :x/n 2]]");
    assertThat(TestDb.id(e, "e")).isEqualTo(k);
    assertThat(db.values(k, ":x/key")).isEmpty();
    e = db.transact("[[:db/retract \"e\" :x/key \"k\"]]");
    assertThat(TestDb.id(e, "e")).isNotEqualTo(k);
    assertThat(db.shown(e)).isEmpty();
    db.refused(
        DbError.DATOMS_CONFLICT, "[[:db/retract \"e\" :x/key \"l\"] [:db/add \"f\" :x/key \"l\"]]");
    db.refused(DbError.TEMPID_NOT_AN_ENTITY, "[[:db/retract \"e\" :x/n]]");
  }

  @Test
  @Row({"RA-09", "RF-04", "S-04"})
  void retractedUniqueValue_isSeenByNoCheck() {
    db.transact("[{:x/key \"k\" :x/n 1}]");
    db.transact("[[:db/retract [:x/key \"k\"] :x/key \"k\"]]");
    Evaluated e = db.transact("[{:db/id \"e\" :x/key \"k\"}]");
    assertThat(db.id(key("k"))).isEqualTo(TestDb.id(e, "e"));
    assertThat(db.value(TestDb.id(e, "e"), ":x/n")).isNull();
  }

  @Test
  @Row("RA-17")
  void errorOfAFunction_withDataOfAnyKind_isTheCallersError() {
    Functions.registerTx(
        "test.rows/fails",
        (before, _) -> {
          throw new IllegalStateException("cannot", new RuntimeException(before.toString()));
        });
    assertThat(db.refused(DbError.FUNCTION_FAILED, "[[test.rows/fails]]").data())
        .containsEntry("problem", "java.lang.IllegalStateException");
  }

  @Test
  @Row({"RF-02", "T-21", "T-22", "T-57"})
  void names_areThoseOfTheValueBefore() {
    db.transact("[{:db/ident :e/old :x/n 1}]");
    db.refused(DbError.NOT_AN_ENTITY, "[{:db/id :e/old :db/ident :e/new} [:db/add :e/new :x/n 2]]");
    db.transact("[{:db/id :e/old :db/ident :e/new} [:db/add :e/old :x/n 2]]");
    assertThat(db.value(":e/new", ":x/n")).isEqualTo(2L);
    db.refused(DbError.NOT_AN_ENTITY, "[{:x/key \"fresh\"} [:db/add [:x/key \"fresh\"] :x/n 1]]");
  }

  @Test
  @Row({"RB-05", "RB-08"})
  void identityOfMany_namesItsEntityByEachValue() {
    db.transact(
        "[{:db/ident :x/mails :db/valueType :db.type/string :db/cardinality :db.cardinality/many"
            + " :db/unique :db.unique/identity}]");
    Evaluated e =
        db.transact(
            "[{:db/id \"a\" :x/mails [\"m1\" \"m2\"]} {:db/id \"b\" :x/mails \"m2\" :x/n 1}]");
    assertThat(TestDb.id(e, "a")).isEqualTo(TestDb.id(e, "b"));
    assertThat(db.id(List.of(":x/mails", "m1"))).isEqualTo(TestDb.id(e, "a"));
  }

  @Test
  @Row("RB-12")
  void datoms_comeInOneOrderWhateverThatOfTheForms() {
    db.transact("[{:x/key \"k\" :x/n 5 :x/many [1]}]");
    Evaluated e =
        db.transact(
            "[[:db/add [:x/key \"k\"] :x/many 0] [:db/add [:x/key \"k\"] :x/n 4]"
                + " [:db/retract [:x/key \"k\"] :x/many 1]]");
    assertThat(e.datoms().getFirst().a()).isEqualTo(Ids.TX_INSTANT);
    assertThat(e.datoms().subList(1, 5))
        .extracting(Datom::v, Datom::added)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(5L, false),
            org.assertj.core.groups.Tuple.tuple(4L, true),
            org.assertj.core.groups.Tuple.tuple(1L, false),
            org.assertj.core.groups.Tuple.tuple(0L, true));
  }
}
