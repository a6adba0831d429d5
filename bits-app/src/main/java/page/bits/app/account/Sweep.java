/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.account;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import page.bits.db.Connection;
import page.bits.db.Db;
import page.bits.error.BitsException;

/// Retracts sessions and attempts that are over, now and then, on a thread of its own.
///
/// Every node sweeps; what two of them sweep at once is retracted once and costs the other an empty
/// refusal. Idle databases get no transaction.
public final class Sweep implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Sweep.class.getName());
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final int AT_ONCE_MAX = 500;

  private final Connection connection;
  private final InstantSource clock;
  private final Thread thread;

  private Sweep(Connection connection, InstantSource clock) {
    this.connection = connection;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("bits-sweep").unstarted(this::run);
  }

  public static Sweep start(Connection connection, InstantSource clock) {
    var sweep = new Sweep(connection, clock);
    sweep.thread.start();
    return sweep;
  }

  private void run() {
    try {
      while (true) {
        tryOnce();
        Thread.sleep(EVERY);
      }
    } catch (InterruptedException _) { // closed
    }
  }

  private void tryOnce() {
    try {
      once(connection, clock.instant());
    } catch (BitsException refused) {
      LOG.log(Level.DEBUG, "a sweep was refused, the next one will do", refused);
    } catch (RuntimeException fault) { // sessions end by sweeps: this thread has to go on
      LOG.log(Level.ERROR, "a sweep failed", fault);
    }
  }

  /// Retracts what is over at that moment.
  public static void once(Connection connection, Instant now) {
    Db db = connection.db();
    List<Object> forms = new ArrayList<>(Sessions.sweep(db, now, AT_ONCE_MAX));
    forms.addAll(Attempts.sweep(db, now, AT_ONCE_MAX));
    if (!forms.isEmpty()) {
      connection.transact(forms);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
