/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import page.bits.db.Connection;
import page.bits.db.DbError;
import page.bits.db.Tx;
import page.bits.db.TxReport;
import page.bits.error.BitsException;
import page.bits.testkit.Await;
import page.bits.testkit.Seed;
import page.bits.testkit.storage.Faults;

/// Every call that waits ends when its thread is interrupted and when its connection is closed,
/// whatever it waits for.
class WaitingCallsTest {
  private static final String SCHEMA =
      """
      [{:db/ident :item/value :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
       {:db/ident :item/here :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/ephemeral true}]""";
  private static final String MORE_SCHEMA =
      "[{:db/ident :item/more :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]";
  private static final String RETURNED = "it returned";
  private static final Duration LONG = Duration.ofMinutes(2);

  /// What the storage does to the peer whose calls wait.
  enum Trouble {
    /// It answers nothing at all.
    SILENT,
    /// It says where the log ends, and not what lies there.
    BLIND,
    /// What is appended does not arrive.
    APPENDS_LOST
  }

  /// How a call ended, and whether the flag of its thread was set then.
  private record Ending(String code, boolean isInterrupted) {}

  private static final Ending INTERRUPTED = new Ending(DbError.INTERRUPTED.code(), true);

  private record Waiter(Thread thread, CompletableFuture<Ending> ending) {}

  private final FaultyPeers peers = new FaultyPeers(Seed.of("WaitingCallsTest"));
  private final Connection a = peers.connect("a");
  private final Connection b = peers.connect("b");

  @BeforeEach
  void schema() {
    a.ensureSchema(SCHEMA);
    b.sync();
  }

  @AfterEach
  void close() {
    mend();
    peers.close();
  }

  @ParameterizedTest
  @EnumSource
  void interrupt_everyWaitingCall_throwsWithTheFlagSet(Trouble trouble) throws Exception {
    Map<String, Waiter> waiters = waiting(trouble);
    waiters.values().forEach(waiter -> waiter.thread().interrupt());
    assertThat(endings(waiters).values()).containsOnly(INTERRUPTED);
    mend();
    TxReport report = a.transact("[{:item/value 7}]");
    assertThat(b.sync().basisT()).isGreaterThanOrEqualTo(report.t());
  }

  /// One opens the peer and the others wait for that one: what ends it does not end them.
  @Test
  void interrupt_whileSeveralConnect_endsWhomItMeans() throws Exception {
    peers.silent("a", true);
    Runnable connect = () -> peers.connectToAnother("a", "other");
    Waiter opens = started("opens", connect);
    Waiter leaves = started("leaves", connect);
    Waiter stays = started("stays", connect);
    leaves.thread().interrupt();
    assertThat(ending(leaves)).isEqualTo(INTERRUPTED);
    assertThat(opens.ending()).isNotDone();
    opens.thread().interrupt();
    assertThat(ending(opens)).isEqualTo(INTERRUPTED);
    assertThat(stays.ending()).isNotDone();
    mend();
    assertThat(ending(stays)).isEqualTo(new Ending(RETURNED, false));
  }

  @ParameterizedTest
  @EnumSource
  void close_everyWaitingCall_endsAsClosed(Trouble trouble) throws Exception {
    Map<String, Waiter> waiters = waiting(trouble);
    a.close();
    assertClosed(endings(waiters));
  }

  /// The peer lives on with its other connection, and the storage stays open.
  @ParameterizedTest
  @EnumSource(names = {"BLIND", "APPENDS_LOST"})
  void close_oneOfTwoConnections_endsItsCallsAsClosed(Trouble trouble) throws Exception {
    Connection other = peers.connect("a");
    Map<String, Waiter> waiters = waiting(trouble);
    a.close();
    assertClosed(endings(waiters));
    mend();
    assertThat(other.transact("[{:item/value 7}]").t()).isPositive();
  }

  /// What was tried may be in the log: it cannot be said to be closed.
  private static void assertClosed(Map<String, Ending> endings) {
    endings.forEach(
        (call, ending) -> {
          assertThat(ending.isInterrupted()).as(call).isFalse();
          if (call.equals("transact") || call.equals("ensureSchema")) {
            assertThat(ending.code())
                .as(call)
                .isIn(DbError.CLOSED.code(), DbError.OUTCOME_UNKNOWN.code());
          } else {
            assertThat(ending.code()).as(call).isEqualTo(DbError.CLOSED.code());
          }
        });
  }

  /// Brings the trouble about; then calls each call on a thread of its own, until all of them wait.
  private Map<String, Waiter> waiting(Trouble trouble) {
    var waiters = new LinkedHashMap<String, Waiter>();
    calls(trouble).forEach((name, call) -> waiters.put(name, start(name, call)));
    waiters.forEach(
        (name, waiter) -> Await.until(name + " waits", () -> isWaiting(waiter.thread())));
    assertThat(waiters.values()).noneMatch(waiter -> waiter.ending().isDone());
    return waiters;
  }

  private Map<String, Runnable> calls(Trouble trouble) {
    var calls = new TreeMap<String, Runnable>();
    var reports = a.txReports();
    var more = a.txReports();
    calls.put("take", reports::take);
    calls.put("take behind another reader", reports::take);
    calls.put("poll", () -> more.poll(LONG));
    switch (trouble) {
      case SILENT -> {
        peers.silent("a", true);
        putReads(calls, a.cursor().t() + 1, UUID.randomUUID());
        calls.put("txRange", () -> a.log().txRange(null, null).iterator().next());
        calls.put("status", a::status);
        putWrites(calls);
      }
      case BLIND -> {
        peers.blind("a", true);
        TxReport unseen = b.transact("[{:item/value 1}]");
        putReads(calls, unseen.t(), unseen.submissionId());
        calls.put("txReports of a cursor", () -> a.txReports(unseen.cursor()));
        calls.put("ensureSchema", () -> a.ensureSchema(MORE_SCHEMA));
      }
      case APPENDS_LOST -> {
        peers.faults("a", Faults.none().withAppendLost(1));
        putWrites(calls);
      }
    }
    return calls;
  }

  private void putReads(Map<String, Runnable> calls, long t, UUID submission) {
    calls.put("sync", a::sync);
    calls.put("sync of t", () -> a.sync(t));
    calls.put("outcome", () -> a.outcome(submission));
    calls.put("txReportsAfter", () -> a.txReportsAfter(t));
  }

  private void putWrites(Map<String, Runnable> calls) {
    calls.put("transact", () -> a.transact(Tx.of("[{:item/value 2}]").deadline(LONG)));
    calls.put("ensureSchema", () -> a.ensureSchema(MORE_SCHEMA));
    calls.put("session id", () -> a.session().id());
    calls.put("held await", () -> a.session().hold(Map.of(":item/here", "x")).await());
  }

  private static Waiter start(String name, Runnable call) {
    var ending = new CompletableFuture<Ending>();
    Thread thread =
        Thread.ofPlatform()
            .name(name)
            .daemon()
            .start(
                () -> {
                  String code = RETURNED;
                  try {
                    call.run();
                  } catch (BitsException e) {
                    code = e.code();
                  } finally {
                    ending.complete(new Ending(code, Thread.currentThread().isInterrupted()));
                  }
                });
    return new Waiter(thread, ending);
  }

  private static Waiter started(String name, Runnable call) {
    Waiter waiter = start(name, call);
    Await.until(name + " waits", () -> isWaiting(waiter.thread()));
    return waiter;
  }

  private static boolean isWaiting(Thread thread) {
    return switch (thread.getState()) {
      case WAITING, TIMED_WAITING -> true;
      default -> false;
    };
  }

  private static Map<String, Ending> endings(Map<String, Waiter> waiters) throws Exception {
    var endings = new LinkedHashMap<String, Ending>();
    for (var waiter : waiters.entrySet()) {
      endings.put(waiter.getKey(), ending(waiter.getValue()));
    }
    return endings;
  }

  private static Ending ending(Waiter waiter) throws Exception {
    return waiter.ending().get(60, TimeUnit.SECONDS);
  }

  private void mend() {
    peers.silent("a", false);
    peers.blind("a", false);
    peers.faults("a", Faults.none());
  }
}
