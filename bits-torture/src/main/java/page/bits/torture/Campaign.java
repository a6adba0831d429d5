/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.torture;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Trials, one after the other, until the time is over or enough was done. Confined to one thread.
final class Campaign {
  private static final int SMALL_DISK_EVERY = 4;

  private final Options options;
  private final Path folder;
  private final PrintStream out;
  private final Totals totals = new Totals();
  private WorkerJvm jvm;

  Campaign(Options options, Path folder, PrintStream out) {
    this.options = options;
    this.folder = folder;
    this.out = out;
    this.jvm = options.jvm();
  }

  /// Runs everything and answers what it came to.
  Totals run() throws InterruptedException {
    var random = new Random(options.seed());
    long end = System.nanoTime() + options.duration().toNanos();
    try (Target usual = usual()) {
      jvm = options.jvm().trained(usual, folder);
      for (int trial = 1; System.nanoTime() < end && !isEnough() && totals.isClean(); trial++) {
        boolean isSmall =
            options.db().equals("sqlite")
                && options.hasSmallDisk()
                && trial % SMALL_DISK_EVERY == SMALL_DISK_EVERY - 1;
        if (isSmall) {
          try (Target small = SqliteTarget.onSmallDisk(folder("small-" + trial))) {
            trial(small, trial, random.nextLong());
          }
        } else {
          trial(usual, trial, random.nextLong());
        }
      }
    }
    return totals;
  }

  private Target usual() {
    return options.db().equals("sqlite")
        ? SqliteTarget.onDisk(folder("sqlite"))
        : PostgresTarget.start(folder("server"));
  }

  private boolean isEnough() {
    return totals.operations() >= options.operations() && totals.kills() >= options.kills();
  }

  private void trial(Target target, int number, long seed) throws InterruptedException {
    Path histories = folder.resolve("trial-" + number);
    long began = System.nanoTime();
    try {
      new Trial(target, jvm, "r" + number, histories, totals, seed)
          .run(options.workers(), options.trial());
    } catch (Trial.Unfinished _) {
      out.println("trial " + number + " did not come to its end: " + histories);
    }
    out.printf(
        "trial %d in %d s: %,d operations, %,d kills so far, %s%n",
        number,
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began),
        totals.operations(),
        totals.kills(),
        totals.isClean() ? "no violation" : "VIOLATED, see " + histories);
    out.flush();
  }

  private Path folder(String name) {
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
