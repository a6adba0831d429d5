/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static page.bits.db.internal.tx.People.ANN;
import static page.bits.db.internal.tx.People.BOB;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.Datom;
import page.bits.db.DbError;
import page.bits.db.Partition;
import page.bits.db.internal.schema.Ids;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;

/// Every form of a transaction, and what is none.
final class FormsTest {
  private final TestDb db = People.db();

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
}
