/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import page.bits.db.Bits;
import page.bits.db.Connection;

/// One small transaction, embedded and durable, against an append and flush of the same bytes to a
/// plain file, in turns.
final class CommitBenchmark {
  private static final int ROUNDS = 12;
  private static final int OPERATIONS = 400;

  /// What the log stores for this transaction: entry header, salt, and the record's body.
  private static final int ENTRY_BYTES = 330;

  private CommitBenchmark() {}

  static void run() throws Exception {
    Path folder = Servers.folder();
    var raw = new Figures("append " + ENTRY_BYTES + " bytes and force(false), growing file");
    var commit = new Figures("transact, 4 attributes, SQLite synchronous=FULL");
    var memory = new Figures("transact, 4 attributes, bits:mem (no disk)");
    try (Connection sqlite = Bits.connect("bits:sqlite:" + folder.resolve("commit.db"));
        Connection mem = Bits.connect("bits:mem:commit");
        FileChannel file =
            FileChannel.open(
                folder.resolve("raw"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND)) {
      sqlite.ensureSchema(Shapes.SCHEMA);
      mem.ensureSchema(Shapes.SCHEMA);
      transactions(sqlite, new Figures("warm-up"), 4_000);
      transactions(mem, new Figures("warm-up"), 20_000);
      for (int round = 0; round < ROUNDS; round++) {
        appends(file, raw);
        transactions(sqlite, commit, OPERATIONS);
        transactions(mem, memory, OPERATIONS);
      }
    }
    System.out.println(Figures.header());
    System.out.println(raw.row());
    System.out.println(commit.row());
    System.out.println(memory.row());
    System.out.printf(
        Locale.ROOT, "%ncommit p50 / raw p50 = %.2f%n", commit.micros(0.5) / raw.micros(0.5));
  }

  private static void appends(FileChannel file, Figures figures) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocateDirect(ENTRY_BYTES);
    for (int i = 0; i < OPERATIONS; i++) {
      bytes.clear();
      long start = System.nanoTime();
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(false);
      figures.add(System.nanoTime() - start);
    }
  }

  private static void transactions(Connection connection, Figures figures, int count) {
    for (int i = 0; i < count; i++) {
      List<Map<String, Object>> forms = Shapes.person(i);
      long start = System.nanoTime();
      connection.transact(forms);
      figures.add(System.nanoTime() - start);
    }
  }
}
