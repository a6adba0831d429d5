/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.Datom;
import page.bits.db.DbError;
import page.bits.db.Partition;
import page.bits.db.internal.schema.Ids;
import page.bits.db.spi.Bytes;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;

class EvaluatorTest {
  private static final String SCHEMA =
      """
      [{:db/ident :p/email :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :p/nick :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :p/badge :db/valueType :db.type/long :db/cardinality :db.cardinality/one
        :db/unique :db.unique/value}
       {:db/ident :p/spouse :db/valueType :db.type/ref :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :p/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
       {:db/ident :p/tag :db/valueType :db.type/string :db/cardinality :db.cardinality/many}
       {:db/ident :p/friend :db/valueType :db.type/ref :db/cardinality :db.cardinality/many}
       {:db/ident :p/boss :db/valueType :db.type/ref :db/cardinality :db.cardinality/one}
       {:db/ident :o/line :db/valueType :db.type/ref :db/cardinality :db.cardinality/many
        :db/isComponent true}
       {:db/ident :x/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
       {:db/ident :x/double :db/valueType :db.type/double :db/cardinality :db.cardinality/one}
       {:db/ident :x/float :db/valueType :db.type/float :db/cardinality :db.cardinality/one}
       {:db/ident :x/flag :db/valueType :db.type/boolean :db/cardinality :db.cardinality/one}
       {:db/ident :x/at :db/valueType :db.type/instant :db/cardinality :db.cardinality/one}
       {:db/ident :x/uuid :db/valueType :db.type/uuid :db/cardinality :db.cardinality/one}
       {:db/ident :x/uri :db/valueType :db.type/uri :db/cardinality :db.cardinality/one}
       {:db/ident :x/dec :db/valueType :db.type/bigdec :db/cardinality :db.cardinality/one}
       {:db/ident :x/int :db/valueType :db.type/bigint :db/cardinality :db.cardinality/one}
       {:db/ident :x/kw :db/valueType :db.type/keyword :db/cardinality :db.cardinality/one}
       {:db/ident :x/sym :db/valueType :db.type/symbol :db/cardinality :db.cardinality/one}
       {:db/ident :x/bytes :db/valueType :db.type/bytes :db/cardinality :db.cardinality/one}
       {:db/ident :x/_odd :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]
      """;

  private final TestDb db = TestDb.with(SCHEMA);

  private static final List<Object> ANN = List.of(":p/email", "ann");
  private static final List<Object> BOB = List.of(":p/email", "bob");

  // Forms

  @Test
  @Row("T-01")
  void t01_add_makesOneDatomAfterTheInstant() {
    Evaluated tx = db.transact("[[:db/add \"a\" :p/name \"Ann\"]]");

    long e = TestDb.id(tx, "a");
    assertThat(Partition.of(e)).isEqualTo(Partition.USER);
    assertThat(Partition.counter(e)).isEqualTo(tx.t() + 1);
    assertThat(tx.nextEntity()).isEqualTo(tx.t() + 2);
    long txId = Partition.tx(tx.t());
    assertThat(tx.datoms())
        .containsExactly(
            new Datom(txId, Ids.TX_INSTANT, tx.txInstant(), txId, true),
            new Datom(e, db.attribute(":p/name").id(), "Ann", txId, true));
  }

  @Test
  @Row("T-02")
  void t02_retractWithoutValue_retractsAllCurrentValues() {
    db.transact("[{:p/email \"ann\" :p/tag [\"x\" \"y\"]}]");

    Evaluated tx = db.transact("[[:db/retract [:p/email \"ann\"] :p/tag]]");

    assertThat(db.shown(tx)).containsExactly("- :p/tag x", "- :p/tag y");
  }

  @Test
  @Row("T-03")
  void t03_map_setAndListOfMany_assertEach() {
    Evaluated tx =
        db.transact(
            List.of(
                Map.of(":db/id", "a", ":p/tag", Set.of("x", "y")),
                Map.of(Keyword.of(":db/id"), "a", Keyword.of(":p/tag"), List.of("y", "z"))));

    assertThat(db.shown(tx)).containsExactly("+ :p/tag x", "+ :p/tag y", "+ :p/tag z");
    assertThat(tx.tempids()).containsOnlyKeys("a");
  }

  @Test
  @Row("T-03")
  void t03_mapWithIdentOfAnEntity_upserts() {
    db.transact("[{:db/ident :color/red}]");
    long red = db.id(":color/red");

    db.transact("[{:db/ident :color/red :p/name \"Red\"}]");

    assertThat(db.value(red, ":p/name")).isEqualTo("Red");
  }

  @Test
  @Row("T-03")
  void t03_listForOne_isRefused() {
    db.refused(DbError.WRONG_TYPE_FOR_ATTRIBUTE, "[{:p/name [\"Ann\"]}]");
    db.refused(DbError.WRONG_TYPE_FOR_ATTRIBUTE, "[[:db/add \"a\" :p/tag [\"x\" \"y\"]]]");
  }

  @Test
  @Row("T-03")
  void t03_twoElementsInPlaceOfManyRefs_areALookupRefOnlyAfterAUniqueAttribute() {
    db.transact("[{:p/email \"ann\"} {:p/email \"bob\"}]");

    db.transact("[{:p/nick \"x\" :p/friend [:p/email \"ann\"]}]");
    db.transact("[{:p/nick \"y\" :p/friend [[:p/email \"ann\"] [:p/email \"bob\"]]}]");
    db.transact("[{:p/nick \"z\" :p/friend [:p/email :p/name]}]");

    assertThat(db.values(List.of(":p/nick", "x"), ":p/friend")).containsExactly(db.id(ANN));
    assertThat(db.values(List.of(":p/nick", "y"), ":p/friend"))
        .containsExactlyInAnyOrder(db.id(ANN), db.id(BOB));
    assertThat(db.values(List.of(":p/nick", "z"), ":p/friend"))
        .containsExactlyInAnyOrder(db.id(":p/email"), db.id(":p/name"));
  }

  @Test
  @Row("T-04")
  void t04_nestedMapUnderComponent_isANewEntity() {
    db.transact("[{:p/email \"ann\" :o/line [{:p/name \"l1\"} {:p/name \"l2\"}]}]");

    assertThat(db.values(ANN, ":o/line")).hasSize(2);
  }

  @Test
  @Row("T-04")
  void t04_nestedMapWithUnique_isItsEntity() {
    db.transact("[{:p/email \"bob\"}]");

    db.transact("[{:p/email \"ann\" :p/boss {:p/email \"bob\" :p/name \"Bob\"}}]");

    assertThat(db.value(ANN, ":p/boss")).isEqualTo(db.id(BOB));
    assertThat(db.value(BOB, ":p/name")).isEqualTo("Bob");
  }

  @Test
  @Row("T-04")
  void t04_nestedMapElsewhere_isRefused() {
    BitsException refusal =
        db.refused(DbError.INVALID_NESTED_ENTITY, "[{} {:p/boss {:p/name \"Bob\"}}]");

    assertThat(refusal.data())
        .containsEntry("form", 1)
        .containsEntry("attribute", Keyword.of(":p/boss"));
  }

  @Test
  @Row("T-05")
  void t05_reverseKey_assertsTheOtherSide() {
    db.transact("[{:p/email \"ann\"} {:p/email \"bob\"}]");

    db.transact("[{:p/nick \"c\" :p/_boss [[:p/email \"ann\"] [:p/email \"bob\"]]}]");
    db.transact(
        "[{:p/nick \"d\" :p/_friend [:p/email \"ann\"]} {:p/nick \"d\" :p/_friend \"e\"}"
            + "{:db/id \"e\" :p/nick \"e\"}]");

    assertThat(db.value(ANN, ":p/boss")).isEqualTo(db.id(List.of(":p/nick", "c")));
    assertThat(db.value(BOB, ":p/boss")).isEqualTo(db.id(List.of(":p/nick", "c")));
    assertThat(db.values(ANN, ":p/friend")).containsExactly(db.id(List.of(":p/nick", "d")));
    db.refused(DbError.WRONG_TYPE_FOR_ATTRIBUTE, "[{:p/_name \"x\"}]");
  }

  @Test
  @Row("S-01")
  void s01_attributeWithUnderscore_isReadForward() {
    Evaluated tx = db.transact("[{:x/_odd 1}]");

    assertThat(db.shown(tx)).containsExactly("+ :x/_odd 1");
  }

  @Test
  @Row("T-06")
  void t06_unknownFunction_isRefusedByNameWithNearOnes() {
    BitsException refusal = db.refused(DbError.FUNCTION_MISSING, "[[:db/retractEntiy 17]]");

    assertThat((List<?>) refusal.data().get("near")).first().isEqualTo(":db/retractEntity");
    db.refused(DbError.FUNCTION_MISSING, "[[:app/inc 17 :x/n]]");
    db.refused(DbError.FUNCTION_MISSING, "[[my.ns/inc 17]]");
  }

  @Test
  @Row("T-09")
  void t09_emptyList_isATransaction() {
    Evaluated tx = db.transact("[]");

    assertThat(tx.datoms()).hasSize(1);
    assertThat(tx.nextEntity()).isEqualTo(tx.t() + 1);
  }

  @Test
  @Row("T-09")
  void t09_badForms_areRefusedWithTheirIndex() {
    for (String bad : List.of("nil", "17", "\"x\"", "[]", "[17 :p/name]", "#{:a}")) {
      BitsException refusal = db.refused(DbError.INVALID_TX_DATA, "[{:p/name \"x\"} " + bad + "]");
      assertThat(refusal.data()).containsEntry("form", 1);
    }
    db.refused(DbError.INVALID_TX_DATA, "[[:db/add \"a\" :p/name]]");
    db.refused(DbError.INVALID_TX_DATA, "[[:db/add \"a\" :p/name 1 2]]");
    db.refused(DbError.INVALID_TX_DATA, "[[:db/retract \"a\"]]");
    db.refused(DbError.INVALID_TX_DATA, "[[:db/cas 1 :x/n 1]]");
  }

  @Test
  void t10_unknownAttribute_isNamedWithNearOnes() {
    BitsException refusal = db.refused(DbError.NOT_AN_ATTRIBUTE, "[{:p/emial \"ann\"}]");

    assertThat(refusal.data())
        .containsEntry("attribute", Keyword.of(":p/emial"))
        .containsEntry("near", List.of(":p/email"));
    assertThat(refusal.getMessage()).doesNotContain("ann");
    assertThat(
            db.refused(DbError.NOT_AN_ATTRIBUTE, List.of(Map.of("p/email", "x")))
                .data()
                .get("near"))
        .isEqualTo(List.of(":p/email"));
  }

  // References

  @Test
  @Row("T-20")
  void t20_idThatNobodyHas_isRefused() {
    long next = db.context().nextEntity();
    for (long id :
        List.of(
            Partition.entityId(Partition.USER, next),
            Partition.entityId(Partition.USER, 5),
            Partition.entityId(Partition.TX, next + 1),
            Partition.entityId(77, 1000),
            db.context().nextElement())) {
      db.refused(DbError.INVALID_ENTITY_ID, List.of(List.of(":db/add", id, ":p/name", "x")));
      db.refused(DbError.INVALID_ENTITY_ID, List.of(List.of(":db/add", "a", ":p/boss", id)));
      db.refused(DbError.INVALID_ENTITY_ID, List.of(List.of(":db/retractEntity", id)));
    }
    db.refused(DbError.INVALID_ENTITY_ID, "[[:db/add nil :p/name \"x\"]]");
    db.refused(DbError.INVALID_ENTITY_ID, "[[:db/add 1.5 :p/name \"x\"]]");
  }

  @Test
  @Row("T-21")
  void t21_idents_resolveBeforeTheTransactionOnly() {
    BitsException refusal =
        db.refused(DbError.NOT_AN_ENTITY, "[{:db/ident :c/red} {:p/boss :c/red}]");
    assertThat(refusal.data()).containsEntry("entity", Keyword.of(":c/red"));
    db.transact("[{:db/ident :c/red}]");

    db.transact("[{:p/email \"ann\" :p/boss :c/red} [:db/add :c/red :p/name \"Red\"]]");

    assertThat(db.value(ANN, ":p/boss")).isEqualTo(db.id(":c/red"));
    assertThat(db.value(":c/red", ":p/name")).isEqualTo("Red");
  }

  @Test
  @Row("T-22")
  void t22_lookupRefs_resolveInEntityAndValue() {
    db.transact("[{:p/email \"ann\"} {:p/email \"bob\" :p/badge 7}]");

    db.transact("[[:db/add [:p/email \"ann\"] :p/boss [:p/badge 7]]]");

    assertThat(db.value(ANN, ":p/boss")).isEqualTo(db.id(BOB));
    db.refused(DbError.NOT_AN_ENTITY, "[[:db/add [:p/email \"zoe\"] :p/name \"Z\"]]");
    db.refused(DbError.LOOKUP_REF_ATTR_NOT_UNIQUE, "[[:db/add [:p/name \"A\"] :p/name \"Z\"]]");
    db.refused(DbError.INVALID_LOOKUP_REF, "[[:db/add [:p/email] :p/name \"Z\"]]");
    db.refused(DbError.WRONG_TYPE_FOR_ATTRIBUTE, "[[:db/add [:p/email 7] :p/name \"Z\"]]");
    db.refused(DbError.NIL_VALUE, "[[:db/add [:p/email nil] :p/name \"Z\"]]");
  }

  @Test
  @Row("T-23")
  void t23_tempidUsedOnlyAsValue_isRefused() {
    BitsException refusal =
        db.refused(DbError.TEMPID_NOT_AN_ENTITY, "[[:db/add \"a\" :p/boss \"b\"]]");

    assertThat(refusal.data()).containsEntry("tempid", "b");
    db.refused(DbError.INVALID_ENTITY_ID, "[[:db/add \"datomic.x\" :p/name \"x\"]]");
  }

  @Test
  @Row("T-24")
  void t24_datomicTx_isTheTransaction() {
    Evaluated tx =
        db.transact(
            "[[:db/add \"datomic.tx\" :db/doc \"import\"] {:p/email \"ann\" :p/boss \"datomic.tx\"}]");

    long id = Partition.tx(tx.t());
    assertThat(db.value(id, ":db/doc")).isEqualTo("import");
    assertThat(db.value(ANN, ":p/boss")).isEqualTo(id);
    assertThat(tx.tempids()).containsEntry("datomic.tx", id);
    assertThat(tx.datoms().getFirst().a()).isEqualTo(Ids.TX_INSTANT);
    assertThat(tx.nextEntity()).isEqualTo(tx.t() + 2);
    tx =
        db.transact(
            "[[:db/add :db/current-tx :db/doc \"x\"] [:db/add \"b\" :p/boss :db/current-tx]]");
    assertThat(db.value(TestDb.id(tx, "b"), ":p/boss")).isEqualTo(Partition.tx(tx.t()));
  }

  @Test
  @Row("T-25")
  void t25_negativeIdsAndTaggedOnes_areTempids() {
    Evaluated tx =
        db.transact(
            "[[:db/add -1 :p/name \"A\"] [:db/add \"b\" :p/boss -1]"
                + "{:db/id #db/id[:db.part/user -1] :p/tag \"x\"}"
                + "{:db/id #db/id[:db.part/user] :p/tag \"y\"}"
                + "{:db/id #db/id[:db.part/tx] :db/doc \"d\"}]");

    long a = TestDb.id(tx, "-1");
    assertThat(db.value(TestDb.id(tx, "b"), ":p/boss")).isEqualTo(a);
    assertThat(db.values(a, ":p/tag")).containsExactly("x");
    assertThat(db.value(Partition.tx(tx.t()), ":db/doc")).isEqualTo("d");
    assertThat(tx.nextEntity()).isEqualTo(tx.t() + 4);
  }

  // Upsert and uniqueness

  @Test
  @Row("T-31")
  void t31_upsert_takesTheHolder() {
    db.transact("[{:p/email \"ann\" :p/name \"A\"}]");
    long ann = db.id(ANN);

    Evaluated tx = db.transact("[{:db/id \"x\" :p/email \"ann\" :p/name \"B\"}]");

    assertThat(tx.tempids()).containsEntry("x", ann);
    assertThat(db.shown(tx)).containsExactly("+ :p/name B", "- :p/name A");
    assertThat(tx.nextEntity()).isEqualTo(tx.t() + 1);
  }

  @Test
  @Row("T-31")
  void t31_tempidWithTwoHolders_conflicts() {
    db.transact("[{:p/email \"ann\"} {:p/nick \"b\"}]");

    BitsException refusal =
        db.refused(DbError.UNIQUE_CONFLICT, "[{:db/id \"x\" :p/email \"ann\" :p/nick \"b\"}]");

    assertThat(refusal.data()).containsEntry("tempid", "x");
    db.refused(DbError.UNIQUE_CONFLICT, "[[:db/add \"datomic.tx\" :p/email \"ann\"]]");
  }

  @Test
  @Row("T-31")
  void t31_upsertChain_isFollowedToItsEnd() {
    db.transact(
        "[{:db/id \"a\" :p/email \"ann\"} {:db/id \"b\" :p/spouse \"a\"}"
            + "{:db/id \"c\" :p/spouse \"b\" :p/nick \"c\"}]");
    long c = db.id(List.of(":p/nick", "c"));

    Evaluated tx =
        db.transact(
            "[{:db/id \"z\" :p/spouse \"y\" :p/name \"C\"} {:db/id \"y\" :p/spouse \"x\"}"
                + "{:db/id \"x\" :p/email \"ann\"}]");

    assertThat(tx.tempids()).containsEntry("z", c);
    assertThat(db.shown(tx)).containsExactly("+ :p/name C");
  }

  @Test
  @Row("T-32")
  void t32_tempidsWithOneIdentity_unify() {
    Evaluated tx =
        db.transact(
            "[{:db/id \"x\" :p/email \"ann\" :p/name \"A\"} {:db/id \"y\" :p/email \"ann\" :p/tag \"t\"}"
                + "{:db/id \"z\" :p/tag \"u\" :p/spouse \"y\"} {:db/id \"w\" :p/spouse \"x\"}]");

    assertThat(TestDb.id(tx, "x")).isEqualTo(TestDb.id(tx, "y"));
    assertThat(TestDb.id(tx, "w")).isEqualTo(TestDb.id(tx, "z"));
    assertThat(tx.nextEntity()).isEqualTo(tx.t() + 3);
  }

  @Test
  @Row("T-32")
  void t32_tempidsThatMeetThroughUpsert_unify() {
    db.transact("[{:p/email \"ann\" :p/nick \"a\"}]");

    Evaluated tx =
        db.transact(
            "[{:db/id \"x\" :p/email \"ann\"} {:db/id \"y\" :p/nick \"a\" :p/tag \"t\"}"
                + "{:db/id \"v\" :p/spouse \"x\"} {:db/id \"w\" :p/spouse \"y\"}]");

    assertThat(tx.tempids()).containsEntry("x", db.id(ANN)).containsEntry("y", db.id(ANN));
    assertThat(TestDb.id(tx, "v")).isEqualTo(TestDb.id(tx, "w"));
  }

  @Test
  @Row("T-33")
  void t33_uniqueValueOfAnother_conflictsAndHidesTheValue() {
    db.transact("[{:p/email \"ann\" :p/badge 4711}]");

    BitsException refusal = db.refused(DbError.UNIQUE_CONFLICT, "[{:p/email \"b\" :p/badge 4711}]");

    assertThat(refusal.data()).containsEntry("holder", db.id(ANN)).containsEntry("value", 4711L);
    assertThat(refusal.getMessage()).doesNotContain("4711");
    db.transact("[{:p/email \"ann\" :p/badge 4711}]");
    db.refused(
        DbError.DATOMS_CONFLICT, "[{:p/email \"b\" :p/badge 1} {:p/email \"c\" :p/badge 1}]");
  }

  @Test
  @Row("T-33")
  void t33_identityOfAnotherOnAKnownEntity_conflicts() {
    db.transact("[{:p/email \"ann\"} {:p/email \"bob\"}]");

    db.refused(DbError.UNIQUE_CONFLICT, "[[:db/add [:p/email \"bob\"] :p/email \"ann\"]]");
  }

  @Test
  @Row("T-34")
  void t34_uniqueValue_movesAndSwapsInOneTransaction() {
    db.transact("[{:p/email \"ann\" :p/badge 1} {:p/email \"bob\" :p/badge 2} {:p/email \"cy\"}]");

    db.transact(
        "[[:db/add [:p/email \"ann\"] :p/badge 2] [:db/add [:p/email \"bob\"] :p/badge 1]]");
    assertThat(db.value(ANN, ":p/badge")).isEqualTo(2L);
    assertThat(db.value(BOB, ":p/badge")).isEqualTo(1L);

    db.transact(
        "[[:db/retract [:p/email \"ann\"] :p/badge 2] [:db/add [:p/email \"cy\"] :p/badge 2]]");
    assertThat(db.value(List.of(":p/email", "cy"), ":p/badge")).isEqualTo(2L);
    assertThat(db.value(ANN, ":p/badge")).isNull();
  }

  @Test
  @Row("T-34")
  void t34_retractedUniqueValue_isFree() {
    db.transact("[{:p/email \"ann\" :p/badge 1}]");
    db.transact("[[:db/retract [:p/email \"ann\"] :p/badge]]");

    db.transact("[{:p/email \"bob\" :p/badge 1}]");

    assertThat(db.value(BOB, ":p/badge")).isEqualTo(1L);
  }

  // The set

  @Test
  @Row("T-35")
  void t35_newValueOfOne_retractsTheOld() {
    db.transact("[{:p/email \"ann\" :p/name \"B\"}]");

    Evaluated tx = db.transact("[{:p/email \"ann\" :p/name \"A\"}]");

    assertThat(tx.datoms()).extracting(Datom::added).containsExactly(true, false, true);
  }

  @Test
  @Row("T-36")
  void t36_whatIsSoAlready_isLeftOut() {
    db.transact("[{:p/email \"ann\" :p/name \"A\" :p/tag [\"x\"]}]");

    Evaluated tx =
        db.transact(
            "[{:p/email \"ann\" :p/name \"A\" :p/tag [\"x\"]}"
                + "[:db/retract [:p/email \"ann\"] :p/tag \"y\"]"
                + "[:db/add \"n\" :p/tag \"z\"] [:db/add \"n\" :p/tag \"z\"]]");

    assertThat(db.shown(tx)).containsExactly("+ :p/tag z");
  }

  @Test
  @Row("T-50")
  void t50_twoValuesOfOne_conflict() {
    db.transact("[{:p/email \"e\" :x/n 0}]");

    db.refused(DbError.DATOMS_CONFLICT, "[{:p/email \"e\" :x/n 0} {:p/email \"e\" :x/n 1}]");
    db.refused(DbError.DATOMS_CONFLICT, "[[:db/add \"n\" :x/n 0] [:db/add \"n\" :x/n 1]]");
  }

  @Test
  @Row("T-51")
  void t51_addAndRetractOfOneFact_conflictInEitherOrder() {
    db.transact("[{:p/email \"e\" :x/n 1 :p/tag \"x\"}]");
    String add = "[:db/add [:p/email \"e\"] :x/n 1]";
    String retract = "[:db/retract [:p/email \"e\"] :x/n 1]";

    db.refused(DbError.DATOMS_CONFLICT, "[" + add + retract + "]");
    db.refused(DbError.DATOMS_CONFLICT, "[" + retract + add + "]");
    db.refused(DbError.DATOMS_CONFLICT, "[[:db/add \"n\" :x/n 1] [:db/retract \"n\" :x/n 1]]");
    db.refused(
        DbError.DATOMS_CONFLICT,
        "[{:p/email \"e\" :p/tag [\"x\" \"y\"]} [:db/retract [:p/email \"e\"] :p/tag]]");
  }

  @Test
  @Row("T-54")
  void t54_casOfWhatAnotherFormWrites_fails() {
    db.transact("[{:p/email \"e\" :x/n 0}]");

    db.refused(DbError.CAS_FAILED, "[" + cas("0 1") + cas("1 2") + "]");
    db.refused(DbError.DATOMS_CONFLICT, "[" + cas("0 1") + cas("0 2") + "]");
    db.transact("[" + cas("0 1") + cas("0 1") + "]");
    assertThat(db.value(List.of(":p/email", "e"), ":x/n")).isEqualTo(1L);
  }

  private static String cas(String values) {
    return "[:db/cas [:p/email \"e\"] :x/n " + values + "]";
  }

  @Test
  @Row("T-57")
  void t57_uniqueKeyAndLookupRefInOneTransaction_isNotAnEntity() {
    db.refused(
        DbError.NOT_AN_ENTITY,
        "[{:db/id \"n\" :p/email \"new\"} [:db/add [:p/email \"new\"] :p/name \"N\"]]");
  }

  @Test
  @Row("T-30")
  void t30_orderOfForms_neverMatters() {
    db.transact("[{:p/email \"ann\" :p/badge 1 :p/tag [\"x\" \"y\"]} {:p/email \"bob\" :x/n 1}]");
    List<?> forms =
        TestDb.forms(
            "[[:db/retract [:p/email \"ann\"] :p/badge 1] [:db/add [:p/email \"bob\"] :p/badge 1]"
                + "[:db/cas [:p/email \"bob\"] :x/n 1 2] [:db/retract [:p/email \"ann\"] :p/tag]"
                + "{:p/email \"ann\" :p/name \"A\"}]");
    var reversed = new ArrayList<Object>(forms);
    Collections.reverse(reversed);

    assertThat(Evaluator.evaluate(db.context(), reversed))
        .isEqualTo(Evaluator.evaluate(db.context(), forms));
  }

  // Functions

  @Test
  @Row("T-40")
  void t40_retractEntity_takesComponentsAndInboundReferences() {
    db.transact(
        "[{:p/email \"ann\" :o/line [{:p/email \"l1\" :o/line [{:p/email \"l2\"}]}] :p/boss \"b\"}"
            + "{:db/id \"b\" :p/email \"bob\" :p/friend [{:p/email \"ann\"} {:p/email \"l2\"}]}]");

    Evaluated tx = db.transact("[[:db/retractEntity [:p/email \"ann\"]]]");

    assertThat(db.shown(tx))
        .contains("- :p/email ann", "- :p/email l1", "- :p/email l2")
        .doesNotContain("- :p/email bob");
    assertThat(db.values(BOB, ":p/friend")).isEmpty();
    assertThat(db.shown(db.transact("[[:db.fn/retractEntity [:p/email \"bob\"]]]")))
        .containsExactly("- :p/email bob");
  }

  @Test
  @Row("T-40")
  void t40_componentsInACircle_areRetractedOnce() {
    db.transact(
        "[{:db/id \"a\" :p/email \"ann\" :o/line \"b\"} {:db/id \"b\" :p/email \"bob\" :o/line \"a\"}]");

    Evaluated tx = db.transact("[[:db/retractEntity [:p/email \"ann\"]]]");

    assertThat(tx.datoms()).hasSize(5);
  }

  @Test
  @Row("T-41")
  void t41_retractOfAComponentReference_leavesTheComponent() {
    db.transact("[{:p/email \"ann\" :o/line [{:p/email \"l1\"}]}]");

    Evaluated tx = db.transact("[[:db/retract [:p/email \"ann\"] :o/line [:p/email \"l1\"]]]");

    assertThat(tx.datoms()).hasSize(2);
    assertThat(db.value(List.of(":p/email", "l1"), ":p/email")).isEqualTo("l1");
  }

  @Test
  @Row("T-42")
  void t42_cas_comparesAndSets() {
    db.transact("[{:p/email \"e\"}]");
    db.transact("[" + cas("nil 1") + "]");
    db.refused(DbError.CAS_FAILED, "[" + cas("nil 2") + "]");
    BitsException refusal = db.refused(DbError.CAS_FAILED, "[" + cas("7 2") + "]");
    assertThat(refusal.data()).containsEntry("expected", 7L).containsEntry("found", 1L);
    db.transact("[[:db/cas [:p/email \"e\"] :x/flag nil false]]");
    db.transact("[[:db.fn/cas [:p/email \"e\"] :x/flag false true]]");
    db.transact("[[:db/cas [:p/email \"e\"] :p/boss nil \"b\"] {:db/id \"b\" :p/email \"bob\"}]");
    assertThat(db.value(List.of(":p/email", "e"), ":p/boss")).isEqualTo(db.id(BOB));
    db.transact("[[:db/cas [:p/email \"e\"] :p/boss [:p/email \"bob\"] [:p/email \"e\"]]]");

    db.refused(DbError.INVALID_CAS, "[[:db/cas [:p/email \"e\"] :p/tag \"x\" \"y\"]]");
    db.refused(DbError.NOT_AN_ENTITY, "[[:db/cas \"n\" :x/n nil 1] {:db/id \"n\" :x/n 1}]");
    db.refused(DbError.NIL_VALUE, "[" + cas("1 nil") + "]");
    db.refused(DbError.WRONG_TYPE_FOR_ATTRIBUTE, "[" + cas("1 \"x\"") + "]");
  }

  // Types

  @Test
  @Row("T-39")
  void t39_values_takeTheirAttributesType() {
    UUID uuid = UUID.fromString("00000000-0000-0000-0000-000000000001");
    accepted(":x/n", 7, 7L);
    accepted(":x/n", (short) 7, 7L);
    accepted(":x/double", 1.5, 1.5);
    accepted(":x/double", Double.NaN, Double.NaN);
    accepted(":x/float", 1.5, 1.5f);
    accepted(":x/float", 1.5f, 1.5f);
    accepted(":x/flag", false, false);
    accepted(":x/at", new Date(17), Instant.ofEpochMilli(17));
    accepted(":x/at", Instant.ofEpochSecond(1, 1_999_999), Instant.ofEpochSecond(1, 1_000_000));
    accepted(":x/uuid", uuid, uuid);
    accepted(":x/uri", java.net.URI.create("http://a"), java.net.URI.create("http://a"));
    accepted(":x/dec", new BigDecimal("1.0"), new BigDecimal("1.0"));
    accepted(":x/int", BigInteger.TEN, BigInteger.TEN);
    accepted(":x/kw", ":a/b", Keyword.of(":a/b"));
    accepted(":p/name", ":a/b", ":a/b");
    accepted(":x/sym", page.bits.edn.Symbol.of("a"), page.bits.edn.Symbol.of("a"));
    accepted(":x/bytes", new byte[] {1}, Bytes.ofHex("01"));
  }

  private void accepted(String attribute, Object raw, Object value) {
    Evaluated tx = db.transact(List.of(Map.of(":db/id", "x", attribute, raw)));
    assertThat(db.value(TestDb.id(tx, "x"), attribute)).isEqualTo(value);
  }

  @Test
  @Row("T-39")
  void t39_wrongTypes_areRefusedWithBothTypes() {
    for (String bad :
        List.of(
            ":x/n \"1\"",
            ":x/n 1.0",
            ":x/n 1N",
            ":x/double 1",
            ":x/float 1",
            ":x/dec 1.0",
            ":x/int 1",
            ":x/flag 1",
            ":x/at \"2026\"",
            ":x/at 1",
            ":x/uuid \"1\"",
            ":x/uri \"http://a\"",
            ":x/kw \"a\"",
            ":x/sym \"a\"",
            ":x/bytes \"a\"",
            ":p/name :a",
            ":p/name 1",
            ":p/boss true",
            ":p/boss 1.5",
            ":p/tag [\"a\" 1]")) {
      db.refused(DbError.WRONG_TYPE_FOR_ATTRIBUTE, "[{" + bad + "}]");
    }
    BitsException refusal =
        db.refused(DbError.WRONG_TYPE_FOR_ATTRIBUTE, "[[:db/add \"x\" :x/n \"secret\"]]");
    assertThat(refusal.data())
        .containsEntry("expected", ":db.type/long")
        .containsEntry("found", "String");
    assertThat(refusal.getMessage()).doesNotContain("secret");
    db.refused(DbError.NIL_VALUE, "[{:p/name nil}]");
    db.refused(DbError.NIL_VALUE, "[{:p/tag [nil]}]");
    db.refused(DbError.NIL_VALUE, "[{:p/boss nil}]");
  }

  @Test
  @Row("S-20")
  void s20_bigNumbers_areBounded() {
    db.refused(DbError.TOO_LARGE, List.of(Map.of(":x/dec", new BigDecimal("1".repeat(1025)))));
    db.refused(DbError.TOO_LARGE, List.of(Map.of(":x/int", BigInteger.ONE.shiftLeft(8192))));
  }

  @Test
  @Row("S-20")
  void s20_scaleOfADecimal_canChange() {
    db.transact("[{:p/email \"e\" :x/dec 1.0M}]");

    Evaluated tx = db.transact("[{:p/email \"e\" :x/dec 1.00M}]");

    assertThat(db.shown(tx)).containsExactly("+ :x/dec 1.00", "- :x/dec 1.0");
  }

  // Time

  @Test
  @Row("T-61")
  void t61_explicitInstant_isBetweenTheLastAndNow() {
    db.now(Instant.parse("2026-01-02T00:00:00Z"));
    Evaluated tx =
        db.transact("[[:db/add \"datomic.tx\" :db/txInstant #inst \"2026-01-01T12:00:00Z\"]]");

    assertThat(tx.txInstant()).isEqualTo(Instant.parse("2026-01-01T12:00:00Z"));
    assertThat(tx.datoms()).hasSize(1);
    db.refused(
        DbError.PAST_TX_INSTANT,
        "[[:db/add \"datomic.tx\" :db/txInstant #inst \"2026-01-01T11:59:59.999Z\"]]");
    db.refused(
        DbError.FUTURE_TX_INSTANT,
        "[[:db/add \"datomic.tx\" :db/txInstant #inst \"2026-01-02T00:00:00.001Z\"]]");
    db.refused(
        DbError.DATOMS_CONFLICT,
        "[[:db/add \"datomic.tx\" :db/txInstant #inst \"2026-01-01T12:00:00Z\"]"
            + "[:db/add \"datomic.tx\" :db/txInstant #inst \"2026-01-01T13:00:00Z\"]]");
    db.refused(
        DbError.RESET_TX_INSTANT,
        "[{:p/email \"x\" :db/txInstant #inst \"2026-01-01T13:00:00Z\"}]");
    db.refused(
        DbError.RESET_TX_INSTANT, List.of(List.of(":db/retractEntity", Partition.tx(tx.t()))));
  }

  @Test
  void submissionId_standsOnItsTransactionAndStays() {
    String uuid = "#uuid \"00000000-0000-0000-0000-000000000001\"";
    long tx = Partition.tx(db.transact("[[:db/add \"datomic.tx\" :bits.tx/id " + uuid + "]]").t());

    db.refused(DbError.INVALID_TX_DATA, "[[:db/retract " + tx + " :bits.tx/id]]");
    db.refused(DbError.INVALID_TX_DATA, "[{:bits.tx/id " + uuid + " :p/name \"x\"}]");
    db.refused(DbError.INVALID_TX_DATA, "[{:bits/format 2}]");
    db.refused(DbError.UNIQUE_CONFLICT, "[[:db/add \"datomic.tx\" :bits.tx/id " + uuid + "]]");
  }

  @Test
  @Row("T-62")
  void t62_clockThatGoesBack_repeatsTheLastInstant() {
    Evaluated first = db.transact("[]");
    db.now(Instant.parse("2020-01-01T00:00:00.0005Z"));

    assertThat(db.transact("[]").txInstant()).isEqualTo(first.txInstant());
    db.now(Instant.parse("2026-05-01T00:00:00.000999Z"));
    assertThat(db.transact("[]").txInstant()).isEqualTo(Instant.parse("2026-05-01T00:00:00Z"));
  }

  @Test
  @Row("T-60")
  void t60_olderTransactions_canBeAnnotated() {
    long tx = Partition.tx(db.transact("[]").t());

    db.transact(List.of(List.of(":db/add", tx, ":db/doc", "import")));

    assertThat(db.value(tx, ":db/doc")).isEqualTo("import");
  }

  @Test
  void refusal_consumesNoNumbers() {
    TxContext before = db.context();

    db.refused(DbError.DATOMS_CONFLICT, "[[:db/add \"n\" :x/n 0] [:db/add \"n\" :x/n 1]]");

    assertThat(db.context()).usingRecursiveComparison().ignoringFields("budget").isEqualTo(before);
  }

  @Test
  void form_readFromEdnAndBuiltInJava_isTheSame() {
    assertThat(
            Evaluator.evaluate(
                db.context(), List.of(Map.of(":p/email", "a", ":p/tag", List.of("x")))))
        .isEqualTo(
            Evaluator.evaluate(db.context(), TestDb.forms("[{:p/email \"a\", :p/tag #{\"x\"}}]")));
  }
}
