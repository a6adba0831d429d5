/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.ArrayDeque;
import java.util.List;

/// What happened, in order: a hash of every step and note, and the last notes in words.
final class Trace {
  private static final int KEPT_MAX = 80;

  private final ArrayDeque<String> last = new ArrayDeque<>();
  private long hash = 17;

  /// A step of a fiber.
  void step(long nowNanos, Fiber fiber) {
    mix(nowNanos);
    mix(fiber.nameHash());
  }

  /// Something worth telling when a run fails.
  void note(long nowNanos, String what) {
    mix(nowNanos);
    mix(what.hashCode());
    last.addLast("%10.3f ms  %s".formatted(nowNanos / 1e6, what));
    if (last.size() > KEPT_MAX) {
      last.removeFirst();
    }
  }

  private void mix(long value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15L;
    hash ^= hash >>> 29;
  }

  long hash() {
    return hash;
  }

  List<String> last() {
    return List.copyOf(last);
  }
}
