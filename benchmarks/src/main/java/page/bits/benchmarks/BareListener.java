/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// Hears of rows that [BareNotify] inserts, on a thread of its own, and reads each as soon as it
/// has heard of it: a report is read, since no notification carries its data. Ends with its
/// process.
final class BareListener {
  private static final String SOCKETS =
      "page.bits.storage.jdbc.postgresql.FastSocketFactory"; // by name: the driver makes it

  /// How a listener waits. Rows go to one and the other in turns.
  enum Waiting {
    /// In the socket itself, as our own listener does.
    IN_THE_SOCKET("&socketFactory=" + SOCKETS),

    /// With the driver's ordinary sockets: 1 ms after each notification for another.
    AS_THE_DRIVER_DOES("");

    private final String options;

    Waiting(String options) {
      this.options = options;
    }

    static Waiting of(int number) {
      return values()[number % values().length];
    }

    String channel() {
      return "bare_" + ordinal();
    }
  }

  /// The moments at which rows were heard of, and at which they had been read; 0 for those of
  /// others.
  record Arrivals(long[] heard, long[] read) {}

  private final Connection listening;
  private final Connection reading;
  private final FutureTask<Arrivals> arrivals;

  private BareListener(Connection listening, Connection reading, int count) {
    this.listening = listening;
    this.reading = reading;
    this.arrivals = new FutureTask<>(() -> listen(count));
  }

  /// Of the rows from 0 up to `count` (exclusive).
  static BareListener start(String jdbcUrl, Waiting waiting, int count) throws SQLException {
    Connection listening = DriverManager.getConnection(jdbcUrl + waiting.options);
    try (Statement statement = listening.createStatement()) {
      statement.execute("LISTEN " + waiting.channel());
    }
    var listener = new BareListener(listening, DriverManager.getConnection(jdbcUrl), count);
    Thread.ofPlatform().daemon().start(listener.arrivals);
    return listener;
  }

  /// Waits until all have come.
  Arrivals arrivals() throws InterruptedException, ExecutionException {
    return arrivals.get();
  }

  private Arrivals listen(int count) throws SQLException {
    var arrivals = new Arrivals(new long[count], new long[count]);
    PGConnection source = listening.unwrap(PGConnection.class);
    try (PreparedStatement select =
        reading.prepareStatement("SELECT bytes FROM bare WHERE p = ?")) {
      for (int seen = 0; seen < count / Waiting.values().length; ) {
        PGNotification[] heard = source.getNotifications(0);
        long now = System.nanoTime();
        for (PGNotification notification : heard) {
          int number = Integer.parseInt(notification.getParameter());
          arrivals.heard()[number] = now;
          read(select, number);
          arrivals.read()[number] = System.nanoTime();
          seen++;
        }
      }
    }
    return arrivals;
  }

  private static void read(PreparedStatement select, int number) throws SQLException {
    select.setLong(1, number);
    try (ResultSet row = select.executeQuery()) {
      if (!row.next() || row.getBytes(1).length != BareNotify.ENTRY_BYTES) {
        throw new IllegalStateException("row " + number + " is not there");
      }
    }
  }
}
