/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.db.Log;
import page.bits.db.Partition;
import page.bits.db.TxReport;
import page.bits.error.BitsException;

/// Four transactions: one in 2020, two in one millisecond of 2021, one in 2022.
final class LogRangeTest {
  private static final String URI = "bits:mem:" + LogRangeTest.class.getName();
  private static final Instant MIDDLE = Instant.parse("2021-01-01T00:00:00Z");

  private final Connection connection = Bits.connect(URI);
  private final TxReport t1 = at(Instant.parse("2020-01-01T00:00:00Z"));
  private final TxReport t2 = at(MIDDLE);
  private final TxReport t3 = at(MIDDLE);
  private final TxReport t4 = at(Instant.parse("2022-01-01T00:00:00Z"));
  private final Log log = connection.log();

  private TxReport at(Instant instant) {
    return connection.transact(
        List.of(
            Map.of(":db/id", "datomic.tx", ":db/txInstant", instant),
            Map.of(":db/doc", "one more")));
  }

  @AfterEach
  void close() {
    connection.close();
    Bits.delete(URI);
  }

  private List<Integer> range(@Nullable Object start, @Nullable Object end) {
    List<Long> all = List.of(t1.t(), t2.t(), t3.t(), t4.t());
    var found = new ArrayList<Integer>();
    log.txRange(start, end).forEach(tx -> found.add(all.indexOf(tx.t()) + 1));
    return found;
  }

  @Row({"H-08", "RF-09", "J-07"})
  @Test
  void txRange_numbers_areInclusiveAndExclusive() {
    assertThat(range(null, null)).containsExactly(1, 2, 3, 4);
    assertThat(range(t2.t(), t4.t())).containsExactly(2, 3);
    assertThat(range(t2.tx(), t4.tx())).containsExactly(2, 3);
    assertThat(range(t2.t() - 1, t4.t() + 1)).containsExactly(2, 3, 4);
    assertThat(range(t4.t(), null)).containsExactly(4);
    assertThat(range(null, t1.t())).isEmpty();
    assertThat(range(t3.t(), t3.t())).isEmpty();
    assertThat(range(t4.t(), t1.t())).isEmpty();
    assertThat(range(t4.t() + 1, null)).isEmpty();
    assertThat(range(t4.t() + 1_000_000, null)).isEmpty();
    assertThat(range(1, null)).containsExactly(1, 2, 3, 4);
  }

  @Row({"H-08", "H-01", "T-62", "RA-06"})
  @Test
  void txRange_instants_meanTheFirstTransactionAtOrAfter() {
    assertThat(range(MIDDLE, null)).containsExactly(2, 3, 4);
    assertThat(range(null, MIDDLE)).containsExactly(1);
    assertThat(range(MIDDLE, MIDDLE.plusMillis(1))).containsExactly(2, 3);
    assertThat(range(MIDDLE.plusNanos(1), null)).containsExactly(4);
    assertThat(range(Date.from(MIDDLE), null)).containsExactly(2, 3, 4);
    assertThat(range(null, Instant.EPOCH)).isEmpty();
    assertThat(range(Instant.EPOCH, null)).containsExactly(1, 2, 3, 4);
    assertThat(range(Instant.parse("2100-01-01T00:00:00Z"), null)).isEmpty();
    assertThat(range(t2.t(), Instant.parse("2100-01-01T00:00:00Z"))).containsExactly(2, 3, 4);
  }

  @Row({"H-08", "J-07"})
  @Test
  void txRange_transactions_areTheirReports() {
    var first = log.txRange(t2.t(), null).iterator().next();
    assertThat(first.t()).isEqualTo(t2.t());
    assertThat(first.tx()).isEqualTo(t2.tx());
    assertThat(first.data()).isEqualTo(t2.txData());
    assertThat(log.tx(t3.tx())).hasValueSatisfying(tx -> assertThat(tx.t()).isEqualTo(t3.t()));
    assertThat(log.tx(t3.t())).isEqualTo(log.tx(t3.tx()));
    assertThat(log.tx(t3.t() + 1)).isEmpty(); // an entity has that number
    assertThat(log.tx(t4.t() + 1_000_000)).isEmpty();
  }

  @Row({"Q-38", "H-01"})
  @Test
  void queries_ofTheLog_takeTransactionsAndInstants() {
    String data =
        "[:find [?tx ...] :in ?log ?point :where [(tx-data ?log ?point) [[_ _ _ ?tx _]]]]";
    assertThat((List<?>) Bits.q(data, log, t3.t())).isEqualTo(List.of(t3.tx()));
    assertThat((List<?>) Bits.q(data, log, t3.tx())).isEqualTo(List.of(t3.tx()));
    assertThat((List<?>) Bits.q(data, log, MIDDLE))
        .asInstanceOf(LIST)
        .containsExactlyInAnyOrder(t2.tx(), t3.tx());
    assertThat((List<?>) Bits.q(data, log, Date.from(MIDDLE.plusMillis(1)))).isEqualTo(List.of());
    String ids = "[:find [?tx ...] :in ?log ?from ?to :where [(tx-ids ?log ?from ?to) [?tx ...]]]";
    for (Object from : List.of(t2.t(), t2.tx(), MIDDLE, Date.from(MIDDLE))) {
      assertThat((List<?>) Bits.q(ids, log, from, t4.t()))
          .asInstanceOf(LIST)
          .containsExactlyInAnyOrder(t2.tx(), t3.tx());
    }
  }

  @Row({"H-08", "RA-01"})
  @Test
  void txRange_walkedAgain_hasWhatCameSince() {
    Iterable<Log.LoggedTx> open = log.txRange(t4.t(), null);
    assertThat(open).hasSize(1);
    connection.transact(List.of());
    assertThat(open).hasSize(2);
    assertThat(connection.log().txRange(null, null)).hasSize(5);
  }

  @Row("H-01")
  @Test
  void txRange_whatIsNoPoint_isRefused() {
    for (Object wrong : List.of("x", -1, Partition.entityId(Partition.USER, 1000), 1.5)) {
      assertThatThrownBy(() -> log.txRange(wrong, null))
          .satisfies(e -> assertThat(((BitsException) e).is(DbError.INVALID_TIME_POINT)).isTrue());
    }
  }

  @Test
  void txRange_insideARecordedComputation_isRefused() {
    Db db = connection.db();
    assertThatThrownBy(() -> db.recorded(_ -> log.txRange(null, null).iterator().next()))
        .satisfies(e -> assertThat(((BitsException) e).is(DbError.UNRECORDED_READ)).isTrue());
  }

  @Row({"H-02", "H-03", "T-61", "T-62"})
  @Test
  void views_byInstant_takeTheWholeMillisecond() {
    Db db = connection.db();
    String count = "[:find (count ?e) . :where [?e :db/doc \"one more\"]]";
    assertThat(db.asOf(MIDDLE).q(count)).isEqualTo(3L);
    assertThat(db.asOf(MIDDLE.minusMillis(1)).q(count)).isEqualTo(1L);
    assertThat(db.asOf(MIDDLE.plusMillis(1)).q(count)).isEqualTo(3L);
    assertThat(db.since(MIDDLE).q(count)).isEqualTo(1L);
    assertThat(db.since(MIDDLE.minusMillis(1)).q(count)).isEqualTo(3L);
    assertThat(db.asOf(t2.t()).q(count)).isEqualTo(2L);
    assertThat(db.since(t2.t()).q(count)).isEqualTo(2L);
  }
}
