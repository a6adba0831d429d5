/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

/// The whole embedded system: from the start of the process to the first page, and its resident
/// memory then, and after a thousand pages.
final class StartBenchmark {
  private static final int RUNS = 5;
  private static final int PAGES = 1_000;

  private StartBenchmark() {}

  static void run() throws Exception {
    System.out.println(
        "| start | first page ms | resident MiB | after 1000 pages MiB | heap MiB |");
    System.out.println("|---|---:|---:|---:|---:|");
    String uri = Servers.sqlite();
    measure("a new file, with sample creators", uri);
    for (int i = 1; i < RUNS; i++) {
      measure("the same file again", uri);
    }
  }

  private static void measure(String name, String uri) throws Exception {
    long start = System.nanoTime();
    try (var node = AppNode.serve(uri)) {
      node.cursor();
      long first = System.nanoTime() - start;
      long resident = node.residentKib();
      for (int i = 0; i < PAGES; i++) {
        node.cursor();
      }
      long after = node.residentKib();
      System.out.printf(
          "| %s | %d | %d | %d | %d |%n",
          name, first / 1_000_000, resident / 1024, after / 1024, node.heapKib() / 1024);
    }
  }
}
