/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import page.bits.db.spi.HintListeners;
import page.bits.error.BitsException;
import page.bits.storage.jdbc.shared.SqlSession;

/// Where the storages of this process on one file tell each other what they appended, and where one
/// thread looks for what other processes did.
///
/// Thread-safe; shared by name of the file and ended with its last user. The look is `PRAGMA
/// data_version` on a connection of its own: it changes whenever another connection commits. It
/// cannot tell our own commits from those of others, so listeners hear of ours twice.
final class SqliteHub {
  private static final System.Logger LOG = System.getLogger(SqliteHub.class.getName());
  private static final Duration PAUSE_MIN = Duration.ofMillis(1);
  private static final Duration PAUSE_MAX = Duration.ofMillis(10);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(200);
  private static final Duration LIVELY = Duration.ofSeconds(1);

  private static final Map<Path, SqliteHub> BY_FILE = new HashMap<>();

  private final SqliteFile file;
  private final SqliteSessions sessions;
  private final SqliteDoor door;
  private final HintListeners listeners = new HintListeners();
  private int users;
  private @Nullable Thread watcher;
  private volatile boolean ended;

  private SqliteHub(SqliteFile file, SqliteSessions sessions) {
    this.file = file;
    this.sessions = sessions;
    this.door = new SqliteDoor(file);
  }

  static SqliteHub join(SqliteFile file, SqliteSessions sessions) {
    synchronized (BY_FILE) {
      SqliteHub hub = BY_FILE.computeIfAbsent(file.path(), _ -> new SqliteHub(file, sessions));
      hub.users++;
      return hub;
    }
  }

  void leave() {
    synchronized (BY_FILE) {
      if (--users == 0) {
        ended = true;
        BY_FILE.remove(file.path());
        door.close();
        LockSupport.unpark(watcher);
      }
    }
  }

  SqliteDoor door() {
    return door;
  }

  HintListeners listeners() {
    return listeners;
  }

  /// Starts to look for the commits of other processes; once is enough.
  void watch() {
    synchronized (BY_FILE) {
      if (watcher == null && !ended) {
        // A platform thread: a look must not wait until a carrier is free.
        watcher = Thread.ofPlatform().daemon().name("bits-sqlite-watch").start(this::watchFile);
      }
    }
  }

  private void watchFile() {
    while (!ended) {
      try (SqlSession session = sessions.reader()) {
        listeners.tellAny(); // for what was committed before the first look
        look(session);
      } catch (SQLException | BitsException e) {
        LOG.log(System.Logger.Level.DEBUG, "Watching a SQLite file failed, trying again", e);
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
      }
    }
  }

  private void look(SqlSession session) throws SQLException {
    long seen = version(session);
    long changedNanos = System.nanoTime();
    long pauseNanos = PAUSE_MIN.toNanos();
    while (!ended) {
      LockSupport.parkNanos(pauseNanos);
      long version = version(session);
      long nowNanos = System.nanoTime();
      if (version != seen) {
        seen = version;
        changedNanos = nowNanos;
        listeners.tellAny();
      }
      pauseNanos =
          nowNanos - changedNanos < LIVELY.toNanos()
              ? PAUSE_MIN.toNanos()
              : Math.min(PAUSE_MAX.toNanos(), pauseNanos * 2);
    }
  }

  private static long version(SqlSession session) throws SQLException {
    return session.first("PRAGMA data_version", row -> row.getLong(1)).orElse(0L);
  }
}
