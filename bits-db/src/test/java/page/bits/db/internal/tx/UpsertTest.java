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
import page.bits.error.BitsException;

/// Which entities are one, and who may hold a unique value.
final class UpsertTest {
  private final TestDb db = People.db();

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
}
