/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.db.Connection;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.db.Functions;
import page.bits.db.Held;
import page.bits.db.Index;
import page.bits.db.Status;
import page.bits.db.TxReports;
import page.bits.db.internal.memory.MemoryStorage;
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.BitsUri;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StorageErrors;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// What is held, and what a peer says of itself, while the storage or the judging of facts fails.
class HeldFaultTest {
  private static final String SCHEMA =
      """
      [{:db/ident :here/page :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/ephemeral true :db.attr/preds held-fault-test/slow}]\
      """;

  /// How often the predicate still takes too long, and what it waits for then.
  private static final AtomicInteger SLOW = new AtomicInteger();

  private static volatile CountDownLatch release = new CountDownLatch(0);

  static {
    Functions.registerAttributePredicate(
        "held-fault-test/slow",
        value -> {
          if (value.equals("slow") && SLOW.getAndDecrement() > 0) {
            awaitQuietly(release);
          }
          return true;
        });
  }

  /// How the storage is.
  private enum Mode {
    WELL,
    /// Appends take effect, and nobody is told.
    SILENT,
    AWAY,
    /// For whoever asks what became of an append.
    BUSY
  }

  private final TestWorld world = new TestWorld();
  private final MemoryStorage memory =
      MemoryStorage.named("held faults " + UUID.randomUUID(), Instant::now);
  private final CountDownLatch isAsked = new CountDownLatch(1);
  private volatile Mode mode = Mode.WELL;
  private final Connection a = connect(faulty(), world);
  private final Connection b = connect(memory, SystemWorld.INSTANCE);

  HeldFaultTest() {
    a.ensureSchema(SCHEMA);
    b.sync();
  }

  private static Connection connect(Storage storage, World world) {
    return SharedPeer.connectAlone(
        BitsUri.parse("bits:mem:held-faults?create=true"), storage, world);
  }

  @AfterEach
  void close() {
    mode = Mode.WELL;
    release.countDown();
    a.close();
    b.close();
  }

  private Storage faulty() {
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (_, method, arguments) -> answer(method, arguments));
  }

  private Object answer(java.lang.reflect.Method method, Object[] arguments) throws Throwable {
    boolean isAppend = method.getName().equals("append");
    Mode now = mode;
    if (now == Mode.BUSY && Thread.currentThread().getName().equals("bits-ephemeral")) {
      isAsked.countDown();
      throw StorageErrors.busy("test", Duration.ZERO);
    }
    if (now == Mode.AWAY || (now == Mode.SILENT && !isAppend)) {
      throw away();
    }
    try {
      Object answer = method.invoke(memory, arguments);
      return isAppend && now == Mode.SILENT ? new AppendResult.Unknown(away()) : answer;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static BitsException away() {
    return new BitsException(
        DbError.STORAGE_UNAVAILABLE, "The storage was not reached", ErrorData.none());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Object> pages(Db db) {
    var pages = new ArrayList<Object>();
    db.datoms(Index.AEVT, ":here/page").forEach(datom -> pages.add(datom.v()));
    return pages;
  }

  private static Set<Long> sessions(Db db) {
    return Set.copyOf(
        db.query("[:find [?s ...] :where [?s :bits.session/open true]]").column(Long.class));
  }

  /// The storage took the facts, said nothing, and was away and busy when it was asked: they are
  /// made once all the same.
  @Test
  void hold_outcomeUnknown_isFoundOutBeforeAnythingElse() {
    a.session().id();
    world.wakeOften();
    mode = Mode.SILENT;
    Held held = a.session().hold(Map.of(":here/page", "home"));
    b.sync();
    try (TxReports reports = b.txReportsAfter(0)) {
      while (pages(reports.take().dbAfter()).isEmpty()) {
        assertThat(held.entity()).isEmpty(); // in the log, and its holder does not know
      }
    }
    world.advance(Duration.ofSeconds(20)); // beyond its deadline: now it has to be looked up
    world.awaitSleeps("bits-ephemeral"); // it only asks now
    mode = Mode.BUSY;
    awaitQuietly(isAsked);
    mode = Mode.AWAY;
    world.awaitSleeps("bits-ephemeral");
    mode = Mode.WELL;
    long entity = held.await();
    assertThat(pages(b.sync())).containsExactly("home");
    Datom there = b.db().datoms(Index.AEVT, ":here/page").iterator().next();
    assertThat(there.e()).isEqualTo(entity);
  }

  @Test
  void hold_whoseFactsTookTooLongToJudge_isTriedAgain() {
    a.session().id();
    release = new CountDownLatch(1);
    SLOW.set(1);
    Held held = a.session().hold(Map.of(":here/page", "slow"));
    while (SLOW.get() > 0) {
      Thread.onSpinWait();
    }
    world.passFor("bits-commit", () -> pages(b.db()).contains("slow"));
    assertThat(held.await()).isPositive();
  }

  /// A session of this process that its peer does not know, as one whose opening had no answer.
  @Test
  void session_ofThisProcessThatItDoesNotKnow_isEnded() {
    a.session().hold(Map.of(":here/page", "home")).await();
    long own = sessions(b.sync()).iterator().next();
    Object process = b.db().datoms(Index.EAVT, own, ":bits.session/peer").iterator().next().v();
    b.transact(
        List.of(
            Map.of(
                ":db/id",
                "stray",
                ":bits.session/id",
                UUID.randomUUID(),
                ":bits.session/peer",
                process,
                ":bits.session/open",
                true)));
    try (TxReports reports = b.txReports()) {
      Db db = b.db();
      while (sessions(db).size() > 1) {
        db = reports.take().dbAfter();
      }
      assertThat(sessions(db)).containsExactly(own);
    }
    assertThat(pages(b.db())).containsExactly("home");
  }

  @Test
  void status_whileTheStorageIsAway_saysWhatIsKnownAndWhySince() {
    a.transact("[]");
    Status before = a.status();
    assertThat(before.storage()).doesNotContainKey("trouble");
    Instant begin = Instant.ofEpochMilli(world.wallMillis());
    mode = Mode.AWAY;
    Status away = a.status();
    assertThat(away.appliedT()).isEqualTo(before.appliedT()).isEqualTo(away.headT());
    assertThat(away.chainDigest()).isEqualTo(before.chainDigest());
    assertThat(away.peers()).isEmpty();
    assertThat(away.storage())
        .containsEntry("trouble", DbError.STORAGE_UNAVAILABLE.code())
        .containsEntry("trouble-why", away().sentence());
    assertThat(Instant.parse(away.storage().get("trouble-since"))).isAfterOrEqualTo(begin);
    assertThatThrownBy(a::sync).isInstanceOf(BitsException.class);
    mode = Mode.WELL;
    while (a.status().storage().containsKey("trouble")) {
      Thread.onSpinWait();
    }
    assertThat(a.status().turn()).containsKey("holder");
  }
}
