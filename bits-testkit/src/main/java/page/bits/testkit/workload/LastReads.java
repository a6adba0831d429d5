/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.workload;

import java.nio.file.Path;
import java.util.Random;
import page.bits.db.Connection;
import page.bits.db.Db;
import page.bits.testkit.history.Answer;
import page.bits.testkit.history.HistoryWriter;
import page.bits.testkit.history.Request;
import page.bits.testkit.history.Thing;

/// What a peer that opens the database at the end reads: every thing at the head, and as of many
/// older moments. Stateless.
public final class LastReads {
  private static final String CLIENT = "last";

  private LastReads() {}

  /// Writes a history of its own; answers the t of the head.
  public static long write(Connection connection, Path file, int moments, Random random) {
    try (var history = new HistoryWriter(file)) {
      Db db = connection.sync();
      long number = 0;
      for (int i = 0; i <= moments; i++) {
        long t = i == 0 ? db.basisT() : 1 + random.nextLong(db.basisT());
        var mode = i == 0 ? Request.Mode.LOCAL : Request.Mode.AS_OF;
        for (Thing thing : Workload.things()) {
          var request = new Request.Read(thing, mode, t);
          history.asked(CLIENT, ++number, System.nanoTime(), 0, null, db.basisT(), request);
          long state = i == 0 ? Workload.state(db, thing) : Workload.stateAsOf(db, t, thing);
          var answer = new Answer.Seen(t, state, db.basisT());
          history.answered(CLIENT, number, System.nanoTime(), answer);
        }
      }
      history.ended();
      return db.basisT();
    }
  }
}
