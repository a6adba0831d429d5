/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.DbError;
import page.bits.db.Partition;

/// Transactions as entities: their instants, their ids, what refusals leave.
final class TransactionTimeTest {
  private final TestDb db = People.db();

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
