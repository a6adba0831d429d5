/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.util.concurrent.locks.LockSupport;
import page.bits.db.Bits;

/// From the moment a POST is sent to node A to the first bytes of the frame on each of a thousand
/// streams of node B, over loopback. Every delivery is one operation of the figures.
final class FanOutBenchmark {
  private static final int STREAMS = 1_000;
  private static final int WARM_UP = 50;
  private static final int COUNT = 150;
  private static final long EVERY_NANOS = 200_000_000;

  private FanOutBenchmark() {}

  static void run() throws Exception {
    System.out.println(Figures.header());
    measure("SQLite", Servers.sqlite());
    try (var server = Servers.postgresql()) {
      measure("PostgreSQL 18, fsync=on", Servers.uri(server));
    }
  }

  private static void measure(String storage, String uri) throws Exception {
    Bits.create(uri);
    try (var a = AppNode.serve(uri);
        var b = AppNode.serve(uri)) {
      String session = a.signIn();
      a.cursor();
      try (var readers = Readers.open(b, b.cursor(), STREAMS)) {
        var each = new Figures("POST on A to each of 1000 streams of B, " + storage);
        var last = new Figures("POST on A to the last of them, " + storage);
        for (int i = 0; i < WARM_UP + COUNT; i++) {
          LockSupport.parkNanos(EVERY_NANOS);
          readers.expect();
          a.post(session, "post " + i);
          readers.await("post " + i);
          if (i >= WARM_UP) {
            add(readers, each, last);
          }
        }
        System.out.println(each.row());
        System.out.println(last.row());
      }
    }
  }

  private static void add(Readers readers, Figures each, Figures last) {
    long most = 0;
    for (int reader = 0; reader < readers.count(); reader++) {
      each.add(readers.delay(reader));
      most = Math.max(most, readers.delay(reader));
    }
    last.add(most);
  }
}
