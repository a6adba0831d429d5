/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.torture;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What a worker process starts with: nothing, system calls that fail or kill it, or a clock that
/// jumps.
record Faults(String name, List<String> before, Map<String, String> environment) {
  /// How a worker is to begin.
  static final Faults NONE = new Faults("none", List.of(), Map.of());

  private static final List<String> CALLS = List.of("pwrite64", "fsync"); // what SQLite calls
  private static final List<String> WRONG = List.of("error=EIO", "error=ENOSPC", "signal=SIGKILL");

  /// One chosen system call of SQLite fails, or ends the process; one time, or again and again.
  static Faults ofSystemCalls(Random random, Path trace) {
    String call = CALLS.get(random.nextInt(CALLS.size()));
    String wrong = WRONG.get(random.nextInt(WRONG.size()));
    int first = 1 + random.nextInt(call.equals("fsync") ? 40 : 150);
    String again = random.nextBoolean() ? "" : "+" + (1 + random.nextInt(60));
    return ofSystemCall(call, wrong + ":when=" + first + again, wrong + " at " + call, trace);
  }

  /// `trace` takes the calls that failed. strace counts the calls of each thread by itself.
  static Faults ofSystemCall(String call, String injection, String name, Path trace) {
    return new Faults(
        name,
        List.of(
            Commands.strace().toString(),
            "-f",
            "-qqq",
            "-Z",
            "-o",
            trace.toString(),
            "-e",
            "trace=" + call,
            "-e",
            "inject=" + call + ":" + injection),
        Map.of());
  }

  /// The clock is what `file` says; only the time of day, not what waiting is measured by.
  static Faults ofClock(Path file) {
    return new Faults(
        "clock",
        List.of(),
        Map.of(
            "LD_PRELOAD",
            Commands.faketime().toString(),
            "FAKETIME_TIMESTAMP_FILE",
            file.toString(),
            "NO_FAKE_STAT", // or the cache of classes would not fit the jars it was made of
            "1",
            "FAKETIME_NO_CACHE",
            "1",
            "FAKETIME_DONT_FAKE_MONOTONIC",
            "1"));
  }
}
