/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static page.bits.db.internal.tx.People.ANN;
import static page.bits.db.internal.tx.People.BOB;

import java.util.List;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.DbError;
import page.bits.db.Partition;
import page.bits.db.internal.schema.Ids;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;

/// How forms name entities: ids, idents, lookup refs, tempids.
final class ReferencesTest {
  private final TestDb db = People.db();

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
}
