/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import page.bits.db.Bits;

/// What an idle stream costs its node: heap after a full collection, and resident memory, each as
/// the difference that five thousand streams of one page make.
final class IdleBenchmark {
  private static final int STREAMS = 5_000;
  private static final int WARM_UP = 200;

  private IdleBenchmark() {}

  static void run() throws Exception {
    String uri = Servers.sqlite();
    Bits.create(uri);
    try (var node = AppNode.serve(uri)) {
      String cursor = node.cursor();
      Readers.open(node, cursor, WARM_UP).close();
      String session = node.signIn();
      try (var readers = Readers.open(node, node.cursor(), WARM_UP)) {
        readers.expect();
        node.post(
            session, "warm up"); // ends the streams that were left, and loads what a frame needs
        readers.await("warm up");
        long heap = node.heapKib();
        long resident = node.residentKib();
        try (var more = Readers.open(node, node.cursor(), STREAMS)) {
          System.out.println("| idle streams | heap each | resident each | heap | resident |");
          System.out.println("|---:|---:|---:|---:|---:|");
          long heapAfter = node.heapKib();
          long residentAfter = node.residentKib();
          System.out.printf(
              "| %d | %.2f KiB | %.2f KiB | %d KiB | %d KiB |%n",
              more.count(),
              (heapAfter - heap) / (double) STREAMS,
              (residentAfter - resident) / (double) STREAMS,
              heapAfter,
              residentAfter);
        }
      }
    }
  }
}
