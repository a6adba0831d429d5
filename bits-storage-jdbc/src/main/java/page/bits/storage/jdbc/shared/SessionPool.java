/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.shared;

import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import page.bits.db.spi.StorageErrors;

/// At most so many connections for one purpose, opened when they are needed and thrown away when
/// they break.
///
/// Thread-safe, and fair: who waits longest is next. A caller parks, so virtual threads may wait in
/// any number.
public final class SessionPool implements AutoCloseable {
  private static final int EVERYBODY = 1_000_000;

  private final String name;
  private final Semaphore permits;
  private final Opener opener;
  private final Predicate<SQLException> breaks;
  private final ConcurrentLinkedDeque<SqlSession> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  /// `breaks` says after which errors a connection is not used again.
  public SessionPool(String name, int sizeMax, Opener opener, Predicate<SQLException> breaks) {
    this.name = name;
    this.permits = new Semaphore(sizeMax, /* fair= */ true);
    this.opener = opener;
    this.breaks = breaks;
  }

  /// Runs the call on a connection of this pool. Throws `:bits.error/busy`, `interrupted` and
  /// `closed` before the call, and what the opener throws; a [SQLException] comes from the call.
  public <T> T use(Deadline deadline, Call<T> call) throws SQLException {
    acquire(deadline);
    try {
      return run(call);
    } finally {
      permits.release();
    }
  }

  private void acquire(Deadline deadline) {
    try {
      if (!permits.tryAcquire(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS)) {
        throw StorageErrors.busy(name, deadline.length());
      }
    } catch (InterruptedException e) {
      throw closed ? StorageErrors.closed() : StorageErrors.interrupted(e);
    }
  }

  private <T> T run(Call<T> call) throws SQLException {
    if (closed) {
      throw StorageErrors.closed();
    }
    SqlSession session = idle.pollFirst();
    if (session == null) {
      session = opener.open();
    }
    boolean reusable = false;
    try {
      T result = call.run(session);
      reusable = true;
      return result;
    } catch (SQLException e) {
      reusable = !breaks.test(e);
      throw e;
    } finally {
      giveBack(session, reusable);
    }
  }

  private void giveBack(SqlSession session, boolean reusable) {
    if (reusable) {
      idle.addFirst(session);
      if (closed) {
        forgetIdle();
      }
    } else {
      session.close();
    }
  }

  public boolean isClosed() {
    return closed;
  }

  /// Ends waiting calls with `:bits.error/closed`; a call under way ends on its own and its
  /// connection is closed then.
  @Override
  public void close() {
    closed = true;
    permits.release(EVERYBODY);
    forgetIdle();
  }

  /// Closes the connections that nobody uses at the moment; new ones are opened when needed.
  public void forgetIdle() {
    for (SqlSession session = idle.pollFirst(); session != null; session = idle.pollFirst()) {
      session.close();
    }
  }

  /// Opens a connection, or throws what tells the user why it cannot: never a [SQLException], which
  /// would look as if the call had begun.
  @FunctionalInterface
  public interface Opener {
    SqlSession open();
  }

  /// Work on one connection.
  @FunctionalInterface
  public interface Call<T> {
    T run(SqlSession session) throws SQLException;
  }
}
