/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Db;
import page.bits.db.PeerStatus;
import page.bits.db.TxReports;
import page.bits.testkit.Await;

/// Who is here, as a process sees it while others die, sleep and lose their storage.
@Execution(ExecutionMode.CONCURRENT)
class SessionProcessTest {
  private static final Duration AT_MOST = Duration.ofMinutes(1);

  /// Within 5 s, told by a clock that stands still while this process does.
  private static final long GONE_BEATS = 5;

  @Test
  void present_processKilledOnSqlite_vanishes() throws Exception {
    vanishesWhenKilled("SQLite", Storages.sqlite());
  }

  @Test
  void present_processKilledOnPostgresql_vanishes() throws Exception {
    vanishesWhenKilled("PostgreSQL", Storages.postgresql());
  }

  private static void vanishesWhenKilled(String storage, String uri) throws Exception {
    try (Connection observer = observer(uri);
        Jvm present = present(uri, "ada")) {
      await(observer, "ada", "observer");
      awaitBeats(observer, 2);
      long before = System.nanoTime();
      long beat = ownBeat(observer);
      var _ = present.killNine();
      await(observer, "observer");
      say(storage + ", kill -9: gone after", before);
      assertThat(ownBeat(observer) - beat)
          .as("beats of the observer since, one a second")
          .isLessThanOrEqualTo(GONE_BEATS);
      assertThat(openSessions(observer.db())).isEqualTo(1L);
    }
  }

  private static long ownBeat(Connection observer) {
    return observer.status().peers().stream()
        .filter(peer -> peer.pid() == ProcessHandle.current().pid())
        .mapToLong(PeerStatus::beat)
        .max()
        .orElseThrow();
  }

  @Test
  void present_processClosedOnSqlite_vanishesAtOnce() throws Exception {
    vanishesWhenClosed(Storages.sqlite());
  }

  @Test
  void present_processClosedOnPostgresql_vanishesAtOnce() throws Exception {
    vanishesWhenClosed(Storages.postgresql());
  }

  /// The process itself says that it left: its end is after that, and nobody has to find it
  /// missing.
  private static void vanishesWhenClosed(String uri) throws Exception {
    try (Connection observer = observer(uri);
        Jvm present = present(uri, "ada")) {
      await(observer, "ada", "observer");
      present.endInput();
      present.awaitEnd(AT_MOST);
      assertThat(names(observer.sync())).containsExactly("observer");
    }
  }

  @Test
  void present_processStoppedOnSqlite_isThrownOutAndComesBackOnce() throws Exception {
    comesBackOnce("SQLite", Storages.sqlite());
  }

  @Test
  void present_processStoppedOnPostgresql_isThrownOutAndComesBackOnce() throws Exception {
    comesBackOnce("PostgreSQL", Storages.postgresql());
  }

  private static void comesBackOnce(String storage, String uri) throws Exception {
    try (Connection observer = observer(uri);
        Jvm present = present(uri, "ada")) {
      await(observer, "ada", "observer");
      awaitBeats(observer, 2);
      present.signal("STOP");
      long stopped = System.nanoTime();
      await(observer, "observer");
      say(storage + ", SIGSTOP: gone after", stopped);
      Await.until("ten seconds of sleep", () -> isOver(stopped, Duration.ofSeconds(10)));
      long before = System.nanoTime();
      present.signal("CONT");
      await(observer, "ada", "observer");
      say(storage + ", SIGCONT: back after", before);
      present.await("REPLACED", AT_MOST);
      assertThat(observer.db().q("[:find (count ?e) . :where [?e :here/name \"ada\"]]"))
          .isEqualTo(1L);
      assertThat(openSessions(observer.db())).isEqualTo(2L);
    }
  }

  @Test
  void present_storageAwayForTenSeconds_nobodyIsThrownOut() throws Exception {
    try (Gate gate = new Gate(Storages.postgresqlPort())) {
      String uri = Storages.postgresqlThrough(gate.port());
      try (Connection observer = observer(uri);
          Jvm present = present(uri, "ada")) {
        await(observer, "ada", "observer");
        awaitBeats(observer, 2);
        Object sessions = observer.db().q("[:find ?s :where [?s :bits.session/open]]");
        gate.shut();
        long shut = System.nanoTime();
        Await.until("ten seconds without storage", () -> isOver(shut, Duration.ofSeconds(10)));
        gate.open();
        var _ = observer.transact("[]");
        awaitBeats(observer, 14); // longer than anybody would be waited for
        assertThat(names(observer.sync())).containsExactlyInAnyOrder("ada", "observer");
        assertThat(observer.db().q("[:find ?s :where [?s :bits.session/open]]"))
            .isEqualTo(sessions);
        assertThat(present.lines()).noneMatch(line -> line.startsWith("REPLACED"));
      }
    }
  }

  @Test
  void present_nothingHappens_noTransaction() throws Exception {
    String uri = Storages.sqlite();
    try (Connection observer = observer(uri);
        Jvm _ = present(uri, "ada")) {
      await(observer, "ada", "observer");
      long position = observer.status().headPosition();
      awaitBeats(observer, 6);
      assertThat(observer.status().headPosition()).isEqualTo(position);
    }
  }

  private static Connection observer(String uri) {
    Connection observer = Bits.connect(uri);
    observer.ensureSchema(Present.SCHEMA);
    var _ = observer.session().hold(Map.of(":here/name", "observer"));
    return observer;
  }

  private static Jvm present(String uri, String name) throws InterruptedException {
    Jvm present = Jvm.start("present", uri, name);
    present.await("HERE", AT_MOST);
    return present;
  }

  private static Set<String> names(Db db) {
    return Set.copyOf(db.query("[:find [?n ...] :where [_ :here/name ?n]]").column(String.class));
  }

  private static Object openSessions(Db db) {
    return java.util.Objects.requireNonNull(
        db.q("[:find (count ?s) . :where [?s :bits.session/open]]"));
  }

  /// Follows the reports until just these are here.
  private static void await(Connection observer, String... names) {
    try (TxReports reports = observer.txReports()) {
      Db db = observer.db();
      while (!names(db).equals(Set.of(names))) {
        db = reports.poll(AT_MOST).orElseThrow().dbAfter();
      }
    }
  }

  /// Waits until every process has given that many more signs of life.
  private static void awaitBeats(Connection observer, int more) {
    Await.until("two processes that beat", () -> observer.status().peers().size() == 2);
    List<PeerStatus> before = observer.status().peers();
    Await.until(
        more + " beats of " + before,
        () -> {
          List<PeerStatus> now = observer.status().peers();
          return before.stream()
              .allMatch(
                  then ->
                      now.stream()
                          .anyMatch(
                              peer ->
                                  peer.process().equals(then.process())
                                      && peer.beat() >= then.beat() + more));
        });
  }

  private static boolean isOver(long sinceNanos, Duration duration) {
    return System.nanoTime() - sinceNanos > duration.toNanos();
  }

  private static void say(String what, long sinceNanos) {
    Duration taken = Duration.ofNanos(System.nanoTime() - sinceNanos);
    System.err.println(what + " " + taken.toMillis() + " ms");
  }
}
