/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.process;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Tx;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;

/// Verb `in-flight URI ROUND`: eight threads keep a thousand transactions in flight until the
/// process is killed.
///
/// Every tenth transaction must be refused: it compares against a value that never was. Prints `ACK
/// tag` and `REFUSED tag` as the answers come. A tag is not unique in the database: written twice
/// it would be seen twice.
final class WriteInFlight {
  static final String SCHEMA =
      """
      [{:db/ident :k/tag :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/index true}
       {:db/ident :k/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :k/value :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]""";
  private static final int THREADS = 8;
  private static final int IN_FLIGHT = 1_000;

  private WriteInFlight() {}

  static void run(List<String> arguments) throws Exception {
    Connection connection = Bits.connect(arguments.get(0));
    connection.ensureSchema(SCHEMA);
    connection.transact(List.of(Map.of(":k/name", "never", ":k/value", 0L)));
    String round = arguments.get(1);
    var slots = new Semaphore(IN_FLIGHT);
    Worker.say("READY");
    var threads = new java.util.ArrayList<Thread>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      threads.add(Thread.ofPlatform().start(() -> write(connection, round + "-" + thread, slots)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void write(Connection connection, String prefix, Semaphore slots) {
    for (int n = 0; ; n++) {
      boolean isToBeRefused = n % 10 == 9;
      String tag = prefix + "-" + n;
      slots.acquireUninterruptibly();
      var _ =
          connection
              .transactAsync(Tx.of(isToBeRefused ? refused(tag) : accepted(tag)))
              .whenComplete(
                  (report, failure) -> {
                    if (report != null) {
                      Worker.say("ACK " + tag);
                    } else if (failure instanceof BitsException e
                        && e.code().equals(":db.error/cas-failed")) {
                      Worker.say("REFUSED " + tag);
                    } else {
                      Worker.say("OTHER " + tag + " " + failure);
                    }
                    slots.release();
                  });
    }
  }

  private static List<?> accepted(String tag) {
    return List.of(Map.of(":k/tag", tag));
  }

  private static List<?> refused(String tag) {
    return List.of(
        Map.of(":k/tag", tag),
        List.of(
            Keyword.of(":db/cas"), List.of(":k/name", "never"), Keyword.of(":k/value"), 7L, 8L));
  }
}
