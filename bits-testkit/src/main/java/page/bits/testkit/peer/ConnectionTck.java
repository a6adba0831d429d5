/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Cursor;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.db.Index;
import page.bits.db.Outcome;
import page.bits.db.Tx;
import page.bits.db.TxReport;
import page.bits.db.TxReports;
import page.bits.error.BitsException;
import page.bits.error.ErrorCode;

/// Committing, reporting, resuming and closing, as a user of one connection sees them.
public abstract class ConnectionTck {
  private static final String SCHEMA =
      """
      [{:db/ident :user/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :user/age :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]""";

  private String uri = "";
  private Connection connection = Bits.connect("bits:mem:unused");

  /// The URI of a database that does not exist yet and is made by connecting.
  protected abstract String freshUri() throws Exception;

  @BeforeEach
  void connect() throws Exception {
    connection.close();
    uri = freshUri();
    connection = Bits.connect(uri);
    connection.ensureSchema(SCHEMA);
  }

  @AfterEach
  void disconnect() {
    connection.close();
  }

  @Row({"T-70", "T-71"})
  @Test
  void transact_map_isInDbAndReport() {
    long before = connection.db().basisT();
    TxReport report = connection.transact(ann(30));
    assertThat(report.prevT()).isEqualTo(before);
    assertThat(report.t()).isGreaterThan(before);
    assertThat(report.txData().getFirst().v()).isEqualTo(report.txInstant());
    assertThat(age(report.dbBefore())).isNull();
    assertThat(age(report.dbAfter())).isEqualTo(30L);
    assertThat(age(connection.db())).isEqualTo(30L);
    assertThat(report.isExact()).isTrue();
    assertThat(connection.cursor()).isEqualTo(report.cursor());
  }

  @Test
  void transact_changedValue_retractsTheOldOneAndKeepsThePast() {
    TxReport first = connection.transact(ann(30));
    TxReport second = connection.transact(ann(31));
    assertThat(second.txData().stream().filter(datom -> !datom.added())).hasSize(1);
    assertThat(age(connection.db())).isEqualTo(31L);
    assertThat(age(connection.db().asOf(first.t()))).isEqualTo(30L);
    assertThat(age(connection.db().asOf(first.tx()))).isEqualTo(30L);
    assertThat(age(connection.db().asOf(first.prevT()))).isNull();
    assertThat(age(connection.db().asOf(Instant.EPOCH))).isNull();
    assertThat(age(connection.db().asOf(second.txInstant()))).isEqualTo(31L);
  }

  @Test
  void transact_refused_leavesNoTrace() {
    connection.transact(ann(30));
    Cursor before = connection.cursor();
    assertCode(
        DbError.CAS_FAILED,
        () -> connection.transact("[[:db/cas [:user/name \"Ann\"] :user/age 1 2]]"));
    assertThat(connection.cursor()).isEqualTo(before);
    assertThat(connection.transact(ann(31)).prevT()).isEqualTo(before.t());
  }

  @Row("T-73")
  @Test
  void transactAsync_manyInFlight_keepTheirOrder() throws Exception {
    var futures = new ArrayList<CompletableFuture<TxReport>>();
    for (long n = 0; n < 500; n++) {
      futures.add(connection.transactAsync(Tx.of(ann(n))));
    }
    long t = 0;
    for (int n = 0; n < futures.size(); n++) {
      TxReport report = futures.get(n).get();
      assertThat(report.t()).isGreaterThan(t);
      assertThat(age(report.dbAfter())).isEqualTo((long) n);
      assertThat(age(report.dbBefore())).isEqualTo(n == 0 ? null : (long) (n - 1));
      t = report.t();
    }
    assertThat(age(connection.db())).isEqualTo(499L);
  }

  @Row("T-70")
  @Test
  void transactAsync_refusal_failsWithTheBareError() {
    CompletableFuture<TxReport> future = connection.transactAsync(Tx.of("[[:db/add 1 :nope 2]]"));
    assertThatThrownBy(future::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(BitsException.class);
  }

  @Row("T-73")
  @Test
  void transactAsync_dependentThatNeverReturns_stopsNothing() throws Exception {
    var release = new CountDownLatch(1);
    var thread = new AtomicReference<>("");
    var started = new CountDownLatch(1);
    // On a thread of its own: a future that is complete already runs what is added on the adder's
    // thread.
    Thread.ofVirtual()
        .start(
            () -> {
              var _ =
                  connection
                      .transactAsync(Tx.of(ann(1)))
                      .thenRun(
                          () -> {
                            thread.set(Thread.currentThread().getName());
                            started.countDown();
                            awaitQuietly(release);
                          });
            });
    assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(age(connection.transact(ann(2)).dbAfter())).isEqualTo(2L);
    assertThat(thread.get()).doesNotStartWith("bits-");
    release.countDown();
  }

  @Row("T-71")
  @Test
  void transact_sameIdAndForms_givesTheFirstOutcome() {
    UUID id = UUID.randomUUID();
    Tx tx = Tx.of("[{:db/id \"ann\" :user/name \"Ann\" :user/age 5}]").id(id);
    TxReport first = connection.transact(tx);
    connection.transact(ann(6));
    TxReport again = connection.transact(tx);
    assertThat(again.t()).isEqualTo(first.t());
    assertThat(again.txData()).isEqualTo(first.txData());
    assertThat(again.tempids()).isEqualTo(first.tempids()).containsOnlyKeys("ann");
    assertThat(again.submissionId()).isEqualTo(id);
    assertThat(age(connection.db())).isEqualTo(6L);
    assertCode(
        DbError.TX_ID_REUSED, () -> connection.transact(Tx.of(List.of(ann(7).getFirst())).id(id)));
  }

  @Test
  void outcome_ofEachKind_isTold() {
    UUID committed = UUID.randomUUID();
    UUID refused = UUID.randomUUID();
    TxReport report = connection.transact(Tx.of(ann(1)).id(committed));
    assertCode(
        DbError.CAS_FAILED,
        () ->
            connection.transact(
                Tx.of("[[:db/cas [:user/name \"Ann\"] :user/age 9 2]]").id(refused)));
    assertThat(connection.outcome(committed))
        .isInstanceOfSatisfying(
            Outcome.Committed.class, o -> assertThat(o.report().t()).isEqualTo(report.t()));
    assertThat(connection.outcome(refused)).isInstanceOf(Outcome.Refused.class);
    assertThat(connection.outcome(UUID.randomUUID())).isInstanceOf(Outcome.Absent.class);
    TxReport anonymous = connection.transact(ann(3));
    assertThat(connection.outcome(anonymous.submissionId())).isInstanceOf(Outcome.Committed.class);
  }

  @Row({"A-03", "RF-07"})
  @Test
  void txReports_fromNow_givesEveryTransactionOnceInOrder() {
    try (TxReports reports = connection.txReports()) {
      assertThat(reports.poll(Duration.ZERO)).isEmpty();
      Cursor start = reports.cursor();
      assertThat(start).isEqualTo(connection.cursor());
      for (long n = 0; n < 200; n++) {
        connection.transact(ann(n));
      }
      long prevT = start.t();
      for (long n = 0; n < 200; n++) {
        TxReport report = reports.take();
        assertThat(report.prevT()).isEqualTo(prevT);
        assertThat(age(report.dbAfter())).isEqualTo(n);
        assertThat(age(report.dbBefore())).isEqualTo(n == 0 ? null : n - 1);
        assertThat(reports.cursor()).isEqualTo(report.cursor());
        prevT = report.t();
      }
      assertThat(reports.poll(Duration.ofMillis(1))).isEmpty();
    }
  }

  @Row("A-05")
  @Test
  void txReports_fromAnyCursor_continuesRightAfterIt() {
    var cursors = new ArrayList<Cursor>();
    var futures = new ArrayList<CompletableFuture<TxReport>>();
    for (long n = 0; n < 300; n++) {
      futures.add(connection.transactAsync(Tx.of(ann(n))));
    }
    futures.forEach(future -> cursors.add(future.join().cursor()));
    for (int i = 0; i < cursors.size(); i += 37) {
      try (TxReports reports = connection.txReports(cursors.get(i))) {
        for (int n = i + 1; n < cursors.size(); n++) {
          assertThat(reports.take().cursor()).isEqualTo(cursors.get(n));
        }
        assertThat(reports.poll(Duration.ZERO)).isEmpty();
      }
      try (TxReports reports = connection.txReportsAfter(cursors.get(i).t())) {
        assertThat(reports.cursor()).isEqualTo(cursors.get(i));
        if (i + 1 < cursors.size()) {
          assertThat(reports.take().cursor()).isEqualTo(cursors.get(i + 1));
        }
      }
    }
  }

  @Row("A-06")
  @Test
  void txReports_severalReaders_eachGetsEverything() {
    try (TxReports one = connection.txReports();
        TxReports two = connection.txReports()) {
      for (long n = 0; n < 50; n++) {
        Cursor committed = connection.transact(ann(n)).cursor();
        assertThat(one.take().cursor()).isEqualTo(committed);
      }
      for (long n = 0; n < 50; n++) {
        assertThat(age(two.take().dbAfter())).isEqualTo(n);
      }
      assertThat(one.cursor()).isEqualTo(two.cursor()).isEqualTo(connection.cursor());
    }
  }

  @Test
  void txReportsAfter_zero_isEverything() {
    TxReport last = connection.transact(ann(1));
    try (TxReports reports = connection.txReportsAfter(0)) {
      TxReport first = reports.take();
      assertThat(first.prevT()).isZero();
      assertThat(first.t()).isEqualTo(1000);
      long t = first.t();
      while (t < last.t()) {
        TxReport next = reports.take();
        assertThat(next.prevT()).isEqualTo(t);
        t = next.t();
      }
      assertThat(t).isEqualTo(last.t());
    }
  }

  @Row({"H-10", "H-12"})
  @Test
  void txReports_cursorOfAnotherHistory_isRefused() {
    TxReport report = connection.transact(ann(1));
    Cursor forged = new Cursor(report.t(), report.cursor().digest() + 1);
    assertCode(DbError.UNKNOWN_CURSOR, () -> connection.txReports(forged));
    assertCode(DbError.UNKNOWN_CURSOR, () -> connection.txReports(new Cursor(report.t() + 5, 1)));
    assertCode(DbError.UNKNOWN_CURSOR, () -> connection.txReports(new Cursor(0, 1)));
    assertCode(DbError.BEYOND_HEAD, () -> connection.txReportsAfter(report.t() + 1));
    assertCode(DbError.BEYOND_HEAD, () -> connection.sync(report.t() + 1));
  }

  @Test
  void txReports_consumerThatTransacts_isReportedToItself() {
    try (TxReports reports = connection.txReports()) {
      connection.transact(ann(0));
      for (long n = 1; n <= 50; n++) {
        assertThat(age(reports.take().dbAfter())).isEqualTo(n - 1);
        connection.transact(ann(n));
      }
    }
  }

  @Row("A-04")
  @Test
  void txReports_closedWhileWaiting_endsTheWait() throws Exception {
    TxReports reports = connection.txReports();
    CompletableFuture<Throwable> ended = failureOf(reports::take);
    reports.close();
    assertThat(((BitsException) ended.get(10, TimeUnit.SECONDS)).is(DbError.CLOSED)).isTrue();
  }

  @Row({"A-07", "A-11"})
  @Test
  void close_whileWaiting_endsEveryWaitAndLeavesOthersAlone() throws Exception {
    Connection other = Bits.connect(uri);
    TxReports reports = other.txReports();
    CompletableFuture<Throwable> ended = failureOf(reports::take);
    other.close();
    assertThat(((BitsException) ended.get(10, TimeUnit.SECONDS)).is(DbError.CLOSED)).isTrue();
    assertCode(DbError.CLOSED, () -> other.transact(ann(1)));
    assertThat(age(connection.transact(ann(1)).dbAfter())).isEqualTo(1L);
  }

  @Test
  void take_interrupted_throwsWithTheFlagSet() throws Exception {
    try (TxReports reports = connection.txReports()) {
      var isFlagSet = new AtomicReference<>(false);
      var failure = new CompletableFuture<Throwable>();
      Thread waiter =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      reports.take();
                    } catch (BitsException e) {
                      isFlagSet.set(Thread.currentThread().isInterrupted());
                      failure.complete(e);
                    }
                  });
      waiter.interrupt();
      assertThat(((BitsException) failure.get(10, TimeUnit.SECONDS)).is(DbError.INTERRUPTED))
          .isTrue();
      waiter.join();
      assertThat(isFlagSet.get()).isTrue();
    }
  }

  @Row({"A-05", "A-07"})
  @Test
  void connect_again_seesEverythingAndContinues() {
    TxReport report = connection.transact(ann(41));
    connection.close();
    connection = Bits.connect(uri);
    assertThat(connection.cursor()).isEqualTo(report.cursor());
    assertThat(age(connection.db())).isEqualTo(41L);
    assertThat(connection.transact(ann(42)).prevT()).isEqualTo(report.t());
    try (TxReports reports = connection.txReports(report.cursor())) {
      assertThat(age(reports.take().dbAfter())).isEqualTo(42L);
    }
  }

  @Test
  void connect_againAfterAttributeLeftAvet_reportsTheVeryValues() {
    TxReport held = connection.transact(ann(41));
    connection.transact("[[:db/retract :user/name :db/unique :db.unique/identity]]");
    connection.transact("[{:user/name \"Ben\"}]");
    connection.close();
    connection = Bits.connect(uri);
    try (TxReports reports = connection.txReportsAfter(held.prevT())) {
      Db then = reports.take().dbAfter();
      assertThat(then.entid(List.of(":user/name", "Ann"))).isPresent();
      assertThat(age(then)).isEqualTo(41L);
    }
  }

  @Test
  void transactAsync_callerChangesTheForms_commitsWhatWasSubmitted() throws Exception {
    var form = new java.util.HashMap<String, Object>();
    form.put(":user/name", "before");
    Tx tx = Tx.of(List.of(form));
    form.put(":user/name", "after");
    connection.transactAsync(tx).get();
    assertThat(connection.db().q("[:find [?name ...] :where [_ :user/name ?name]]"))
        .isEqualTo(List.of("before"));
  }

  @Test
  void poll_withAnyDuration_neverOverflows() {
    Tx tx = Tx.of(ann(1)).deadline(Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(age(connection.transact(tx).dbAfter())).isEqualTo(1L);
    try (TxReports reports = connection.txReportsAfter(0)) {
      assertThat(reports.poll(Duration.ofSeconds(Long.MAX_VALUE))).isPresent();
    }
  }

  @Row({"A-08", "A-10"})
  @Test
  void delete_connectedDatabase_stopsItsPeerAndFreesTheName() {
    connection.transact(ann(1));
    assertThat(Bits.delete(uri)).isTrue();
    assertCode(DbError.DB_NOT_FOUND, () -> connection.transact(ann(2)));
    assertThat(age(connection.db())).isEqualTo(1L);
    Bits.create(uri);
    try (Connection fresh = Bits.connect(uri)) {
      assertThat(fresh.db().basisT()).isZero();
    }
  }

  @Test
  void transact_halfOfASurrogatePair_isRefused() {
    assertCode(
        DbError.INVALID_TX_DATA,
        () -> connection.transact(List.of(Map.of(":user/name", "x\ud800"))));
    connection.transact(List.of(Map.of(":user/name", "x\ud83d\ude00")));
    assertThat(connection.db().entid(List.of(":user/name", "x\ud83d\ude00"))).isPresent();
  }

  @Row("A-07")
  @Test
  void connect_twice_isOnePeer() {
    try (Connection other = Bits.connect(uri)) {
      TxReport report = other.transact(ann(1));
      assertThat(connection.cursor()).isEqualTo(report.cursor());
    }
  }

  @Test
  void ensureSchema_manyAtOnce_commitOnlyWhatIsMissing() throws Exception {
    String more =
        "[{:db/ident :user/tag :db/valueType :db.type/string :db/cardinality :db.cardinality/many}]";
    var all = new ArrayList<CompletableFuture<Void>>();
    for (int i = 0; i < 8; i++) {
      all.add(CompletableFuture.runAsync(() -> connection.ensureSchema(more)));
    }
    for (CompletableFuture<Void> one : all) {
      one.get();
    }
    Cursor before = connection.cursor();
    connection.ensureSchema(more);
    assertThat(connection.cursor()).isEqualTo(before);
    connection.transact("[{:user/name \"Ann\" :user/tag [\"a\" \"b\"]}]");
    assertThat(connection.db().q("[:find [?tag ...] :where [_ :user/tag ?tag]]"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void recorded_transactionThatChangesTheAnswer_touchesTheReadSet() {
    connection.transact(ann(1));
    var recorded = connection.db().recorded(ConnectionTck::age);
    assertThat(recorded.result()).isEqualTo(1L);
    TxReport same = connection.transact(ann(2));
    assertThat(recorded.reads().touchedBy(same.txData())).isTrue();
    TxReport other = connection.transact("[{:user/name \"Ben\"}]");
    assertThat(recorded.reads().touchedBy(other.txData())).isFalse();
  }

  @Test
  void recorded_readBesideTheGivenValue_isRefused() {
    assertCode(
        DbError.UNRECORDED_READ, () -> connection.db().recorded(_ -> connection.db().basisT()));
  }

  @Test
  void log_txRange_givesEveryTransactionOfTheRange() {
    TxReport first = connection.transact(ann(1));
    TxReport second = connection.transact(ann(2));
    var whole = new ArrayList<Long>();
    connection.log().txRange(null, null).forEach(tx -> whole.add(tx.t()));
    assertThat(whole).endsWith(first.t(), second.t()).isSorted();
    var one = new ArrayList<List<Datom>>();
    connection.log().txRange(first.t(), second.t()).forEach(tx -> one.add(tx.data()));
    assertThat(one).containsExactly(first.txData());
  }

  @Test
  void with_forms_changesNothing() {
    connection.transact(ann(1));
    Cursor before = connection.cursor();
    TxReport tried = connection.db().with(ann(2));
    assertThat(age(tried.dbAfter())).isEqualTo(2L);
    assertThat(age(connection.db())).isEqualTo(1L);
    assertThat(connection.cursor()).isEqualTo(before);
  }

  @Row({"H-09", "H-10", "RF-08"})
  @Test
  void status_ofAnIdleConnection_hasNoLag() {
    TxReport report = connection.transact(ann(1));
    var status = connection.status();
    assertThat(status.lag()).isZero();
    assertThat(status.appliedT()).isEqualTo(report.t()).isEqualTo(status.headT());
    assertThat(status.storage()).isNotEmpty();
    assertThat(connection.sync(report.t()).basisT()).isEqualTo(report.t());
    assertThat(connection.sync().basisT()).isEqualTo(report.t());
  }

  @Test
  void datoms_ofEveryIndex_agree() {
    for (long n = 0; n < 50; n++) {
      connection.transact(List.of(Map.of(":user/name", "user " + n % 7, ":user/age", n)));
    }
    Db db = connection.db();
    var eavt = new ArrayList<Datom>();
    var aevt = new ArrayList<Datom>();
    db.datoms(Index.EAVT).forEach(eavt::add);
    db.datoms(Index.AEVT).forEach(aevt::add);
    assertThat(Set.copyOf(eavt)).hasSize(eavt.size()).isEqualTo(Set.copyOf(aevt));
    assertThat(db.datoms(Index.AVET, ":user/name")).hasSize(7);
  }

  @Test
  void entity_ofALaterValue_isEqual() {
    List<String> ann = List.of(":user/name", "Ann");
    TxReport first = connection.transact(ann(1));
    TxReport second = connection.transact(ann(2));
    assertThat(second.dbAfter().entity(ann)).isEqualTo(first.dbAfter().entity(ann));
    assertThat(second.dbBefore().entity(ann)).isEqualTo(connection.db().entity(ann));
  }

  private static List<Map<String, Object>> ann(long age) {
    return List.of(Map.of(":user/name", "Ann", ":user/age", age));
  }

  private static @Nullable Object age(Db db) {
    return db.q("[:find ?age . :where [?e :user/name \"Ann\"] [?e :user/age ?age]]");
  }

  private static void assertCode(ErrorCode code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            BitsException.class, e -> assertThat(e.code()).isEqualTo(code.code()));
  }

  private static CompletableFuture<Throwable> failureOf(Runnable call) {
    var failure = new CompletableFuture<Throwable>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                call.run();
              } catch (BitsException e) {
                failure.complete(e);
              }
            });
    return failure;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
