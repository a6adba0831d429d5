/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.postgresql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.HintListeners;
import page.bits.db.spi.StoredEntry;
import page.bits.error.BitsException;
import page.bits.storage.jdbc.shared.SqlSession;

/// Sends and hears the server's notifications, each on a thread and a connection of its own.
///
/// Thread-safe. Sending is coalesced: of each database one notification goes out every 3 ms, of the
/// newest position, so a hint costs its caller a map entry, and a busy writer does not wake the
/// server and every other process for each of its entries. Both sides reconnect by themselves;
/// after each reconnect listeners are told to look, since notifications may have been missed.
/// Without a connection nothing is lost but speed: peers look at the tail by themselves.
///
/// A pooler that gives each transaction another connection takes LISTEN and brings nothing. So
/// behind a pooler a notification of our own, sent on another connection, has to come first; while
/// it does not, the state and the log say that peers poll.
final class PostgresHints implements AutoCloseable {
  static final String CHANNEL = "bits";

  private static final System.Logger LOG = System.getLogger(PostgresHints.class.getName());

  /// Its commit need not reach the disk.
  private static final String NOTIFY =
      "SELECT set_config('synchronous_commit', 'off', true), pg_notify('" + CHANNEL + "', ?)";

  private static final long GAP_NANOS = 3_000_000;

  /// For so much longer the next append may tell of what is due: that costs nobody a wake-up.
  private static final long APPEND_NANOS = 1_000_000;

  private static final String PROBE = "probe ";
  private static final Duration PROBE_WAIT = Duration.ofSeconds(2);
  private static final Duration DEAF_PAUSE = Duration.ofSeconds(30);
  private static final Duration QUIET_MAX = Duration.ofSeconds(10);
  private static final Duration BACKOFF_MIN = Duration.ofMillis(50);
  private static final Duration BACKOFF_MAX = Duration.ofSeconds(2);

  private final PostgresSessions sessions;
  private final boolean plain;
  private final ToLongFunction<DatabaseId> numbers;
  private final LongFunction<Optional<DatabaseId>> databases;
  private final HintListeners listeners;
  private final Map<DatabaseId, Long> pending = new HashMap<>(); // guarded by itself
  private final Map<DatabaseId, Told> told = new ConcurrentHashMap<>();
  private final Semaphore wake = new Semaphore(0);
  private @Nullable Thread sender;
  private @Nullable Thread listener;
  private volatile String state = "not yet needed";
  private volatile boolean closed;
  private volatile @Nullable SqlSession listening;
  private boolean isDeafnessTold; // of the listening thread

  /// The newest position that others were told of, and when; whether its hint was asked for, too.
  private record Told(long position, long atNanos, boolean isAskedFor) {
    private static final Told NOTHING = new Told(-1, System.nanoTime() - GAP_NANOS, true);

    private long dueInNanos() {
      return atNanos + GAP_NANOS - System.nanoTime();
    }
  }

  /// `numbers` finds the number of a database (-1: none), `databases` the other way round; `plain`
  /// says that connections are without TLS.
  PostgresHints(
      PostgresSessions sessions,
      HintListeners listeners,
      boolean plain,
      ToLongFunction<DatabaseId> numbers,
      LongFunction<Optional<DatabaseId>> databases) {
    this.sessions = sessions;
    this.listeners = listeners;
    this.plain = plain;
    this.numbers = numbers;
    this.databases = databases;
  }

  /// How hints arrive at the moment, for operators.
  String state() {
    return state;
  }

  /// Whether the next entry of a database is to be told of at once, by its append.
  boolean isDue(DatabaseId database) {
    return lastTold(database).dueInNanos() <= 0;
  }

  private Told lastTold(DatabaseId database) {
    return told.getOrDefault(database, Told.NOTHING);
  }

  /// The append of an entry has told others of it.
  void told(DatabaseId database, long position) {
    told.put(database, new Told(position, System.nanoTime(), false));
  }

  /// Notes a position for sending, once less if its append has told of it; returns at once.
  void send(DatabaseId database, long position) {
    Told last = lastTold(database);
    if (position == last.position() && !last.isAskedFor()) {
      told.replace(database, last, new Told(position, last.atNanos(), true));
    } else {
      note(database, position);
    }
  }

  /// Whoever finds the database noted already need not wake the sender.
  private void note(DatabaseId database, long position) {
    boolean isNew;
    synchronized (pending) {
      isNew = !pending.containsKey(database);
      pending.merge(database, position, Math::max);
    }
    if (isNew) {
      wake.release();
      startSender();
    }
  }

  private synchronized void startSender() {
    if (sender == null && !closed) {
      sender = Thread.ofVirtual().name("bits-notify").start(() -> repeat(this::sendAll));
    }
  }

  synchronized void listen() {
    if (listener == null && !closed) {
      // A platform thread waits in the socket itself: two fewer threads to wake for each hint.
      listener =
          Thread.ofPlatform().daemon().name("bits-listen").start(() -> repeat(this::hearAll));
    }
  }

  private void sendAll() throws SQLException, InterruptedException {
    try (SqlSession session = sessions.notifying()) {
      while (!closed) {
        var _ = wake.tryAcquire(sendDue(session), TimeUnit.NANOSECONDS);
        wake.drainPermits();
      }
    }
  }

  /// Sends what is due; for how long nothing else will be, unless it is noted meanwhile.
  private long sendDue(SqlSession session) throws SQLException {
    long quiet = QUIET_MAX.toNanos();
    for (DatabaseId database : noted()) {
      Told last = lastTold(database);
      long left = last.dueInNanos() + APPEND_NANOS;
      if (left > 0) {
        quiet = Math.min(quiet, left);
        continue;
      }
      long position = noLongerNoted(database);
      long number = numbers.applyAsLong(database);
      if (number >= 0 && position >= last.position()) {
        session.first(NOTIFY, _ -> true, payload(number, position));
        told.put(database, new Told(position, System.nanoTime(), true));
      }
    }
    return quiet;
  }

  private List<DatabaseId> noted() {
    synchronized (pending) {
      return List.copyOf(pending.keySet());
    }
  }

  private long noLongerNoted(DatabaseId database) {
    synchronized (pending) {
      return Objects.requireNonNull(pending.remove(database)); // by this thread alone
    }
  }

  private void hearAll() throws SQLException {
    boolean isDeaf = false;
    try (SqlSession session = sessions.listening(plain)) {
      listening = session;
      PGConnection connection = session.connection().unwrap(PGConnection.class);
      isDeaf = sessions.isPooled() && !isHeard(connection);
      if (isDeaf) {
        return;
      }
      state = "LISTEN";
      listeners.tellAny();
      while (!closed) {
        PGNotification[] heard = connection.getNotifications(Math.toIntExact(QUIET_MAX.toMillis()));
        if (heard == null || heard.length == 0) {
          session.text("SELECT 1"); // a server that went away silently is noticed here
        } else {
          for (PGNotification notification : heard) {
            tell(session, notification.getParameter());
          }
        }
      }
    } finally {
      listening = null;
      state =
          isDeaf
              ? "polling by the peer; LISTEN brings nothing, a pooler stands between"
              : "polling by the peer; LISTEN failed and is tried again";
      if (isDeaf) {
        waitDeaf();
      }
    }
  }

  /// Whether what another connection sends arrives here.
  private boolean isHeard(PGConnection here) throws SQLException {
    String probe = PROBE + UUID.randomUUID();
    try (SqlSession other = sessions.notifying()) {
      other.first(NOTIFY, _ -> true, probe);
    }
    long endNanos = System.nanoTime() + PROBE_WAIT.toNanos();
    for (long left = PROBE_WAIT.toMillis();
        left > 0;
        left = (endNanos - System.nanoTime()) / 1_000_000) {
      PGNotification[] heard = here.getNotifications(Math.toIntExact(left));
      for (PGNotification notification : heard == null ? new PGNotification[0] : heard) {
        if (notification.getParameter().equals(probe)) {
          return true;
        }
      }
    }
    return false;
  }

  private void waitDeaf() {
    if (!isDeafnessTold) {
      isDeafnessTold = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "LISTEN brings nothing: a pooler gives each transaction another connection. Peers poll"
              + " instead; what other nodes commit is seen up to 20 ms later, on a quiet database"
              + " up to 0.8 s. Connect without the pooler, or let it pool sessions");
    }
    LockSupport.parkNanos(DEAF_PAUSE.toNanos());
  }

  /// What a notification carries of an entry of the database of this number.
  static String payload(long number, long position) {
    return number + " " + position;
  }

  private void tell(SqlSession session, String payload) throws SQLException {
    if (payload.startsWith(PROBE)) {
      return;
    }
    int space = payload.indexOf(' ');
    try {
      long number = Long.parseLong(payload, 0, Math.max(space, 0), 10);
      long position = Long.parseLong(payload, space + 1, payload.length(), 10);
      Optional<DatabaseId> database = databases.apply(number);
      if (database.isPresent() && position >= 0) {
        tell(session, number, database.get(), position);
        return;
      }
    } catch (NumberFormatException | BitsException e) {
      LOG.log(System.Logger.Level.DEBUG, "A notification could not be read", e);
    }
    listeners.tellAny();
  }

  /// Who wants the entry is given it from this connection, which has just been woken.
  private void tell(SqlSession session, long number, DatabaseId database, long position)
      throws SQLException {
    Optional<StoredEntry> found = Optional.empty();
    try {
      if (listeners.isWanted(database, position)) {
        found = PostgresStorage.resolve(session, number, position);
      }
    } finally {
      found.ifPresentOrElse(
          entry -> listeners.give(database, entry), () -> listeners.tell(database, position));
    }
  }

  /// Runs the work again whenever its connection breaks, until closed, with growing pauses while it
  /// fails at once.
  private void repeat(Work work) {
    Duration backoff = BACKOFF_MIN;
    while (!closed) {
      long beganNanos = System.nanoTime();
      try {
        work.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (SQLException | BitsException e) {
        LOG.log(System.Logger.Level.DEBUG, "The connection for hints broke", e);
      }
      if (closed || Thread.currentThread().isInterrupted()) {
        return;
      }
      boolean lasted = System.nanoTime() - beganNanos > BACKOFF_MAX.toNanos();
      backoff = lasted ? BACKOFF_MIN : min(backoff.multipliedBy(2), BACKOFF_MAX);
      LockSupport.parkNanos(backoff.toNanos());
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /// Ends both threads: interrupting a virtual thread closes the socket that it waits on, that of
  /// the other is closed here.
  @Override
  public synchronized void close() {
    closed = true;
    for (Thread thread : new Thread[] {sender, listener}) {
      if (thread != null) {
        thread.interrupt();
      }
    }
    SqlSession session = listening;
    if (session != null) {
      session.abort();
    }
  }

  /// What a thread does on one connection.
  @FunctionalInterface
  private interface Work {
    void run() throws SQLException, InterruptedException;
  }
}
