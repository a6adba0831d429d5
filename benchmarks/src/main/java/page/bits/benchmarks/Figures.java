/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/// Durations of one operation, and the row that tells of them. Confined to one thread.
final class Figures {
  private final String name;
  private long[] nanos = new long[1024];
  private int count;

  Figures(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void add(long duration) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, count * 2);
    }
    nanos[count++] = duration;
  }

  /// The duration in microseconds that this share of the operations did not exceed.
  double micros(double share) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(count - 1L, Math.round(share * (count - 1)))] / 1_000.0;
  }

  /// `| name | n | p50 | p90 | p99 |`, in microseconds.
  String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.0f | %.0f | %.0f |",
        name,
        count,
        micros(0.5),
        micros(0.9),
        micros(0.99));
  }

  static String header() {
    return "| operation | n | p50 us | p90 us | p99 us |\n|---|---:|---:|---:|---:|";
  }
}
