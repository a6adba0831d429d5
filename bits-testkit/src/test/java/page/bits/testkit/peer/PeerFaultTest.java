/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.Connection;
import page.bits.db.Cursor;
import page.bits.db.DbError;
import page.bits.db.Functions;
import page.bits.db.Log.LoggedTx;
import page.bits.db.Outcome;
import page.bits.db.Status;
import page.bits.db.Tx;
import page.bits.db.TxReport;
import page.bits.db.TxReports;
import page.bits.db.UnresolvedAppend;
import page.bits.error.BitsException;
import page.bits.error.ErrorCode;
import page.bits.testkit.Await;
import page.bits.testkit.Seed;
import page.bits.testkit.storage.Faults;

/// What one peer does when its storage does not answer, goes away, or is replaced.
class PeerFaultTest {
  private static final String SCHEMA =
      """
      [{:db/ident :item/key :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :item/value :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]""";
  private static final Faults AWAY =
      Faults.none().withAppendLost(1).withReadUnavailable(1).withWriteUnavailable(1);
  private static final Duration SHORT = Duration.ofMillis(60);

  private final FaultyPeers peers = new FaultyPeers(Seed.of("PeerFaultTest"));
  private Connection a = peers.connect("a");

  @BeforeEach
  void schema() {
    a.ensureSchema(SCHEMA);
  }

  @AfterEach
  void close() {
    peers.close();
  }

  @Row({"T-70", "T-72", "RF-17"})
  @Test
  void transact_appendUnansweredUntilDeadline_isUnknownThenCommitted() {
    peers.faults("a", Faults.none().withAppendUnanswered(1).withReadUnavailable(1));
    UUID id = unknown(set(1));
    assertThat(a.outcome(id)).isInstanceOf(Outcome.StillUnknown.class);
    peers.faults("a", Faults.none());
    Await.until("told", () -> a.outcome(id) instanceof Outcome.Committed);
    assertThat(value(a)).isEqualTo(1L);
    assertThat(peers.connect("b").outcome(id)).isInstanceOf(Outcome.Committed.class);
  }

  @Test
  void status_appendInDoubt_namesItHereAndInOtherProcesses() {
    Connection b = peers.connect("b");
    peers.faults("a", Faults.none().withAppendLost(1)); // its record still reaches the others
    UUID id = UUID.randomUUID();
    Instant before = Instant.now().minusMillis(1); // a storage tells milliseconds
    CompletableFuture<TxReport> waiting = a.transactAsync(set(1).id(id));
    Await.until("known here", () -> !a.status().unresolved().isEmpty());
    UnresolvedAppend append = a.status().unresolved().getFirst();
    assertThat(append.position()).isEqualTo(peers.entries().size());
    assertThat(append.submissions()).containsExactly(id);
    assertThat(append.since()).isBetween(before, Instant.now());
    Await.until("known to others", () -> !unresolvedOfOthers(b).isEmpty());
    assertThat(unresolvedOfOthers(b))
        .singleElement()
        .satisfies(
            seen -> {
              assertThat(seen.position()).isEqualTo(append.position());
              assertThat(seen.submissions()).containsExactly(id);
            });
    assertThat(b.status().unresolved()).isEmpty();
    peers.faults("a", Faults.none());
    assertThat(waiting.join().t()).isPositive();
    assertThat(a.status().unresolved()).isEmpty();
    Await.until("settled for others", () -> unresolvedOfOthers(b).isEmpty());
  }

  @Test
  void status_ofAPeerThatStopped_keepsTheAppendInDoubt() {
    a.transact(set(1));
    peers.faults("a", Faults.none().withAppendLost(1));
    CompletableFuture<TxReport> waiting = a.transactAsync(set(2));
    Await.until("in doubt", () -> !a.status().unresolved().isEmpty());
    long position = peers.entries().size();
    peers.restore("a", peers.copy(peers.entries().size() - 1)); // stops it
    assertThat(failure(waiting).code()).isEqualTo(DbError.OUTCOME_UNKNOWN.code());
    assertThat(a.status().unresolved())
        .singleElement()
        .satisfies(append -> assertThat(append.position()).isEqualTo(position));
  }

  @Row({"T-72", "RF-17"})
  @Test
  void transact_positionLostAfterDeadline_isUnknownThenAbsent() {
    Connection b = peers.connect("b");
    peers.faults("a", Faults.none().withAppendLost(1));
    UUID id = unknown(set(1));
    TxReport winner = b.transact(set(2));
    peers.faults("a", Faults.none());
    Await.until("told", () -> a.outcome(id) instanceof Outcome.Absent);
    assertThat(b.outcome(id)).isInstanceOf(Outcome.Absent.class);
    assertThat(a.sync().basisT()).isEqualTo(winner.t());
    assertThat(a.transact(set(3)).prevT()).isEqualTo(winner.t());
  }

  @Test
  void transact_behindAnAppendThatHangs_isNotTriedAndAbsent() {
    peers.faults("a", Faults.none().withAppendLost(1));
    CompletableFuture<TxReport> first = a.transactAsync(set(1));
    UUID id = UUID.randomUUID();
    // The committer may or may not have begun to judge it: both answers are allowed, each has to be
    // true.
    BitsException late = failure(a.transactAsync(set(2).id(id).deadline(SHORT)));
    assertThat(late.code()).isIn(DbError.DEADLINE.code(), DbError.OUTCOME_UNKNOWN.code());
    peers.faults("a", Faults.none());
    assertThat(first.join().t()).isPositive();
    Await.until("told", () -> !(a.outcome(id) instanceof Outcome.StillUnknown));
    boolean isIn = Long.valueOf(2).equals(value(a));
    assertThat(a.outcome(id)).isInstanceOf(isIn ? Outcome.Committed.class : Outcome.Absent.class);
    assertThat(isIn && late.is(DbError.DEADLINE)).isFalse();
  }

  @Test
  void outcome_ofARepeatedIdAndOfAnotherFormUnderIt_staysCommitted() {
    UUID id = UUID.randomUUID();
    TxReport first = a.transact(set(1).id(id));
    assertThat(a.transact(set(1).id(id)).t()).isEqualTo(first.t());
    assertThat(a.outcome(id)).isInstanceOf(Outcome.Committed.class);
    assertCode(DbError.TX_ID_REUSED, () -> a.transact(set(2).id(id)));
    assertThat(a.outcome(id)).isInstanceOf(Outcome.Committed.class);
  }

  @Test
  void transact_sameIdOnTwoPeersAndAfterACrash_isOneTransaction() {
    Connection b = peers.connect("b");
    for (int i = 0; i < 50; i++) {
      Tx tx = set(i).id(UUID.randomUUID());
      CompletableFuture<TxReport> here = a.transactAsync(tx);
      CompletableFuture<TxReport> there = b.transactAsync(tx);
      assertThat(here.join().cursor()).isEqualTo(there.join().cursor());
    }
    peers.faults("b", Faults.none().withAppendLate(1).withReadUnavailable(1));
    UUID id = UUID.randomUUID();
    CompletableFuture<TxReport> lost = b.transactAsync(set(77).id(id));
    Await.until("the append is under way", () -> peers.injected("b") > 0);
    b.close();
    assertThat(failure(lost).code()).isIn(DbError.OUTCOME_UNKNOWN.code(), DbError.CLOSED.code());
    TxReport again = a.transact(set(77).id(id));
    peers.deliverLate("b");
    assertThat(a.transact(set(77).id(id)).t()).isEqualTo(again.t());
    assertThat(a.transact(set(78)).prevT()).isEqualTo(again.t());
    assertThat(times(id)).isEqualTo(1);
  }

  @Test
  void refusal_onAValueThatAnotherPeerChanged_isJudgedAgain() {
    Connection b = peers.connect("b");
    a.transact(set(0));
    peers.faults("a", Faults.none().withHints(Faults.Hints.LOST));
    peers.faults("b", Faults.none().withHints(Faults.Hints.LOST));
    for (long n = 0; n < 200; n += 2) {
      b.transact(cas(n, n + 1));
      a.transact(cas(n + 1, n + 2)); // wrong by what a has seen, right at the head
    }
    assertCode(DbError.CAS_FAILED, () -> b.transact(cas(0, 1)));
    assertThat(value(b)).isEqualTo(200L);
  }

  @Test
  void transact_judgedForLongBesideABusyWriter_commitsAfterFewTries() throws Exception {
    Connection b = peers.connect("b");
    a.transact(set(0));
    var tries = new AtomicInteger();
    Functions.registerTx(
        "test/slow-beside-a-busy-writer",
        (_, _) -> {
          tries.incrementAndGet();
          long seen = b.cursor().t();
          long longAfter = System.nanoTime() + Duration.ofMillis(30).toNanos(); // a turn has 20
          Await.until(
              "the other commits, or it is our turn",
              () ->
                  System.nanoTime() - longAfter > 0
                      && (b.cursor().t() > seen
                          || session().equals(a.status().turn().get("holder"))));
          return set(99).forms();
        });
    var isOver = new AtomicBoolean();
    Thread busy =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (long n = 1; !isOver.get(); n++) {
                    b.transact(set(n));
                  }
                });
    a.transact(Tx.builder().call("test/slow-beside-a-busy-writer").build());
    isOver.set(true);
    busy.join();
    // One is lost, then it waits for its turn; an append may be under way when that is passed on.
    assertThat(tries.get()).isLessThanOrEqualTo(3);
  }

  private String session() {
    return a.status().session();
  }

  @Row({"A-08", "RB-07", "RF-07", "RF-08", "T-72", "RF-17"})
  @Test
  void storage_awayForAWhile_dbAnswersAndAllContinues() throws Exception {
    Connection b = peers.connect("b");
    TxReport first = a.transact(set(1));
    try (TxReports reports = a.txReports(first.cursor())) {
      peers.faults("a", AWAY);
      assertThat(value(a)).isEqualTo(1L);
      CompletableFuture<TxReport> waiting = a.transactAsync(set(2));
      BitsException late = failure(a.transactAsync(set(3).deadline(SHORT)));
      assertThat(late.category()).isEqualTo(page.bits.error.ErrorCategory.UNAVAILABLE);
      b.transact(set(4));
      peers.faults("a", Faults.none());
      long t = waiting.get(20, TimeUnit.SECONDS).t();
      assertThat(reports.take().prevT()).isEqualTo(first.t());
      assertThat(reports.take().t()).isEqualTo(t);
      assertThat(value(b.sync())).isEqualTo(2L);
    }
  }

  @Row({"A-09", "RA-20"})
  @Test
  void storage_awayWhileNobodyCalls_isFollowedAgainUnasked() {
    Connection b = peers.connect("b");
    peers.faults("a", AWAY);
    TxReport missed = b.transact(set(1));
    long before = peers.injected("a");
    Await.until("a look that fails", () -> peers.injected("a") > before);
    assertThat(a.cursor()).isNotEqualTo(missed.cursor());
    peers.faults("a", Faults.none());
    Await.until("a follows", () -> a.cursor().equals(missed.cursor()));
    assertThat(value(a)).isEqualTo(1L);
  }

  @Row("RA-25")
  @Test
  void transactAsync_futureThatNobodyKeeps_stillRunsItsDependents() throws Exception {
    peers.faults("a", Faults.none().withAppendLost(1));
    var ran = new CountDownLatch(1);
    submitAndForget(ran);
    var canary = new WeakReference<>(new Object());
    Await.until(
        "a collection of garbage",
        () -> {
          System.gc();
          return canary.get() == null;
        });
    assertThat(ran.getCount()).isOne();
    peers.faults("a", Faults.none());
    assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Row("A-11")
  @Test
  void close_duringWork_endsEveryFutureAndWait() throws Exception {
    for (Faults faults : List.of(Faults.none(), AWAY, Faults.none().withAppendLost(0.5))) {
      Connection c = peers.connect("c" + faults.hashCode());
      peers.faults("c" + faults.hashCode(), faults);
      TxReports reports = c.txReports();
      var futures = new ArrayList<CompletableFuture<TxReport>>();
      for (long n = 0; n < 300; n++) {
        futures.add(c.transactAsync(set(n)));
        futures.add(c.transactAsync(cas(-1, n)));
      }
      c.close();
      assertCode(DbError.CLOSED, reports::take);
      var codes = new ArrayList<String>();
      for (CompletableFuture<TxReport> future : futures) {
        try {
          future.get(5, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
          codes.add(FaultyPeers.bitsError(e).code());
        }
      }
      assertThat(codes)
          .isSubsetOf(
              DbError.CLOSED.code(), DbError.OUTCOME_UNKNOWN.code(), DbError.CAS_FAILED.code());
    }
  }

  @Test
  void log_rolledBackUnderAnIdlePeer_stopsItLoudly() {
    a.transact(set(1));
    a.transact(set(2));
    TxReports reports = a.txReports();
    peers.restore("a", peers.copy(peers.entries().size() - 1));
    assertCode(DbError.LOG_FORKED, reports::take);
    assertStopped(2);
  }

  @Test
  void log_rolledBackUnderACommittingPeer_appendsNothing() {
    a.transact(set(1));
    a.transact(set(2));
    int size = peers.entries().size();
    String copy = peers.copy(size - 1);
    peers.restore("a", copy);
    assertCode(DbError.LOG_FORKED, () -> a.transact(set(3)));
    assertStopped(2);
    assertThat(peers.entriesOf(copy)).hasSize(size - 1);
  }

  @Test
  void log_rolledBackUnderAReaderOfIt_endsTheReading() {
    a.transact(set(1));
    a.transact(set(2));
    Iterator<LoggedTx> range = a.log().txRange(null, null).iterator();
    peers.restore("a", peers.copy(peers.entries().size() - 1));
    assertCode(DbError.LOG_FORKED, () -> range.forEachRemaining(_ -> {}));
  }

  @Test
  void log_replacedByAnotherHistory_appendsNothing() {
    a.transact(set(1));
    a.transact(set(2));
    String copy = peers.copy(peers.entries().size() - 1);
    Connection other = peers.connect(copy, "other");
    other.transact(set(10));
    other.transact(set(11));
    int size = peers.entriesOf(copy).size();
    peers.restore("a", copy);
    assertCode(DbError.LOG_FORKED, () -> a.transact(set(3)));
    assertStopped(2);
    assertThat(peers.entriesOf(copy)).hasSize(size);
  }

  @Row({"A-04", "A-05", "RB-07"})
  @Test
  void txReports_manySlowSubscribersAtDifferentCursors_missNothing() {
    var cursors = new ArrayList<Cursor>();
    try (TxReports sleepy = a.txReports()) {
      for (long n = 0; n < 300; n++) {
        cursors.add(a.transact(set(n)).cursor());
      }
      peers.faults("a", Faults.none().withReadUnavailable(0.2));
      assertThat(rest(sleepy, 300)).isEqualTo(cursors);
      for (int from = 0; from < 300; from += 3) {
        Cursor after = cursors.get(from);
        try (TxReports reports = FaultyPeers.persist(() -> a.txReports(after))) {
          assertThat(rest(reports, 299 - from)).isEqualTo(cursors.subList(from + 1, 300));
        }
      }
    }
  }

  @Test
  void connect_manyPeersAtOnceToANewDatabase_makeOne() {
    String fresh = UUID.randomUUID().toString();
    var all = new ArrayList<CompletableFuture<Connection>>();
    for (int i = 0; i < 6; i++) {
      String peer = "p" + i;
      all.add(CompletableFuture.supplyAsync(() -> peers.connect(fresh, peer)));
    }
    List<Connection> open = all.stream().map(CompletableFuture::join).toList();
    assertThat(open.stream().map(connection -> connection.status().databaseId()).distinct())
        .hasSize(1);
    TxReport report = open.getFirst().transact("[]");
    open.forEach(connection -> assertThat(connection.sync().basisT()).isEqualTo(report.t()));
  }

  @Test
  void connect_whileAnotherPeerCommits_joinsTheChain() {
    CompletableFuture<Void> busy =
        CompletableFuture.runAsync(
            () -> {
              for (long n = 0; n < 500; n++) {
                a.transact(set(n));
              }
            });
    var joined = new ArrayList<Connection>();
    for (int i = 0; i < 10; i++) {
      joined.add(peers.connect("late" + i));
    }
    busy.join();
    for (Connection connection : joined) {
      connection.sync();
      assertThat(connection.cursor()).isEqualTo(a.cursor());
    }
  }

  private static List<UnresolvedAppend> unresolvedOfOthers(Connection connection) {
    Status status = connection.status();
    return status.peers().stream()
        .flatMap(peer -> Stream.ofNullable(peer.unresolved().get(status.databaseId())))
        .toList();
  }

  private void submitAndForget(CountDownLatch ran) {
    Tx tx = set(1).deadline(Duration.ofMinutes(1));
    var _ = a.transactAsync(tx).thenRun(ran::countDown);
  }

  private void assertStopped(long value) {
    Await.until("the peer stops", () -> isForked(() -> a.transact(set(9))));
    assertCode(DbError.LOG_FORKED, a::sync);
    assertCode(DbError.LOG_FORKED, a.txReports()::take);
    assertThat(value(a)).isEqualTo(value);
  }

  private static boolean isForked(Runnable call) {
    try {
      call.run();
      return false;
    } catch (BitsException e) {
      return e.is(DbError.LOG_FORKED);
    }
  }

  private static List<Cursor> rest(TxReports reports, int count) {
    var seen = new ArrayList<Cursor>();
    while (seen.size() < count) {
      seen.add(FaultyPeers.persist(reports::take).cursor());
    }
    return seen;
  }

  private long times(UUID id) {
    long times = 0;
    for (var tx : a.log().txRange(null, null)) {
      times += tx.data().stream().filter(datom -> datom.v().equals(id)).count();
    }
    return times;
  }

  /// Submits until it fails with an unknown outcome; the id.
  private UUID unknown(Tx tx) {
    UUID id = UUID.randomUUID();
    BitsException failure = failure(a.transactAsync(tx.id(id).deadline(SHORT)));
    if (failure.is(DbError.DEADLINE)) {
      return unknown(tx); // it was not even tried before its deadline
    }
    assertThat(failure.code()).isEqualTo(DbError.OUTCOME_UNKNOWN.code());
    assertThat(failure.data()).containsEntry("submission", id);
    return id;
  }

  private static BitsException failure(CompletableFuture<TxReport> future) {
    try {
      throw new AssertionError("did not fail: " + future.join());
    } catch (CompletionException e) {
      return FaultyPeers.bitsError(e);
    }
  }

  private static Tx set(long value) {
    return Tx.of("[{:item/key \"k\" :item/value " + value + "}]");
  }

  private static Tx cas(long expected, long value) {
    return Tx.of("[[:db/cas [:item/key \"k\"] :item/value " + expected + " " + value + "]]");
  }

  private static @Nullable Object value(Connection connection) {
    return value(connection.db());
  }

  private static @Nullable Object value(page.bits.db.Db db) {
    return db.q("[:find ?v . :where [?e :item/key \"k\"] [?e :item/value ?v]]");
  }

  private static void assertCode(ErrorCode code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            BitsException.class, e -> assertThat(e.code()).isEqualTo(code.code()));
  }
}
