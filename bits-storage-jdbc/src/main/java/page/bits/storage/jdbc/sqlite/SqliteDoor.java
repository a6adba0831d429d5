/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import page.bits.storage.jdbc.shared.Deadline;
import page.bits.storage.jdbc.shared.SessionPool;
import page.bits.storage.jdbc.shared.SqlSession;

/* Who writes next.
 *
 * SQLite has no queue: who finds the file locked looks again and again. A writer that comes back right after its commit finds
 * the file free, and where a flush takes long, others look in vain for as long as it goes on: with flushes of 100 ms two of
 * three processes were not let in for 10 s.
 *
 * So there is a door. Who finds nobody at it goes straight in, at the cost of two system calls. Who finds the file locked
 * stands at the door until the file is free, and whoever comes then, above all the one that has just written, waits until the
 * door is. It is free as soon as the one before has the file's lock, not when that one has written: while one writes the next
 * is at the door.
 */

/// The lock of a small file beside the database, for fairness between processes only: without it
/// everything works as well, for those who are let in. Thread-safe; held by a thread.
final class SqliteDoor implements AutoCloseable {
  /// Whoever stands there for longer was stopped, or has a very slow disk: it is passed by.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Duration PASSED_BY = Duration.ofSeconds(10);
  private static final System.Logger LOG = System.getLogger(SqliteDoor.class.getName());

  private final Path path;
  private final ReentrantLock here = new ReentrantLock();
  private volatile long passedByUntilNanos = System.nanoTime();

  /// There is no such file, or no door is needed any more.
  private volatile boolean isMissing;

  // Of who holds the lock
  private @Nullable FileChannel channel;
  private @Nullable FileLock lock;

  SqliteDoor(SqliteFile file) {
    this.path = file.path().resolveSibling(file.path().getFileName() + "-door");
  }

  /// Runs what writes, in a transaction of its own, after those who came before.
  <T> T through(Deadline end, SqlSession session, SessionPool.Call<T> call) throws SQLException {
    if (isFree()) {
      try {
        return call.run(session);
      } catch (SQLException e) {
        if (!SqliteCodes.isBusy(e)) {
          throw e;
        }
      }
    }
    enter(end, session);
    boolean isDone = false;
    try {
      T result = call.run(session);
      session.execute("COMMIT");
      isDone = true;
      return result;
    } finally {
      if (!isDone) {
        rollBack(session);
      }
    }
  }

  /// Begins a transaction that holds the file's lock.
  private void enter(Deadline end, SqlSession session) throws SQLException {
    boolean isAtDoor = isAtDoorAfterOthers(end);
    try {
      var _ =
          SqliteSessions.retrying(
              end,
              () -> {
                session.execute("BEGIN IMMEDIATE");
                return true;
              });
    } finally {
      if (isAtDoor) {
        leave();
      }
    }
  }

  private static void rollBack(SqlSession session) {
    try {
      session.execute("ROLLBACK");
    } catch (SQLException e) { // it has rolled back, or its connection is given up
      LOG.log(System.Logger.Level.DEBUG, "A transaction could not be rolled back", e);
    }
  }

  /// Whether nobody waits for the file there.
  boolean isFree() {
    boolean isFree = tryStand();
    if (isFree) {
      leave();
    }
    return isFree;
  }

  private boolean isAtDoorAfterOthers(Deadline end) {
    long sinceNanos = System.nanoTime();
    for (int attempt = 0; !tryStand(); attempt++) {
      long now = System.nanoTime();
      if (now - passedByUntilNanos < 0) {
        return false;
      }
      if (now - sinceNanos > PATIENCE.toNanos()) {
        passedByUntilNanos = now + PASSED_BY.toNanos();
        return false;
      }
      end.pause(attempt, SqliteSessions.LOCK);
    }
    return true;
  }

  private boolean tryStand() {
    if (!here.tryLock()) {
      return false;
    }
    boolean isFree = false;
    try {
      FileChannel door = open();
      lock = door == null ? null : door.tryLock();
      isFree = door == null || lock != null;
    } catch (IOException | OverlappingFileLockException e) {
      LOG.log(System.Logger.Level.DEBUG, "The door of a SQLite file cannot be locked", e);
      isFree = true; // nobody has to wait for what does not work
    } finally {
      if (!isFree) {
        here.unlock();
      }
    }
    return isFree;
  }

  private @Nullable FileChannel open() {
    FileChannel open = channel;
    boolean isOpen = open != null && open.isOpen(); // an interrupt closes it
    if (!isOpen && !isMissing) {
      try {
        open = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel = open;
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "A SQLite file has no door", e);
        isMissing = true;
      }
    }
    return open;
  }

  private void leave() {
    try {
      FileLock held = lock;
      lock = null;
      if (held != null) {
        held.release();
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "The door of a SQLite file cannot be left", e);
    } finally {
      letGo();
    }
  }

  /// Of the lock in this process; the last one closes the file.
  private void letGo() {
    try {
      FileChannel open = channel;
      if (isMissing && open != null) {
        channel = null;
        open.close();
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "The door of a SQLite file cannot be closed", e);
    } finally {
      here.unlock();
    }
  }

  /// Closes the file, or lets whoever stands there close it.
  @Override
  public void close() {
    isMissing = true;
    if (here.tryLock()) {
      letGo();
    }
  }
}
