/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The cells that wait to be computed, oldest first. Guarded by the lock of [Fragments].
///
/// A part of the site takes at most `perPart` threads, so that a slow one delays nobody else.
final class Jobs {
  private final int runningMax;
  private final int perPart;
  private final Map<Object, ArrayDeque<Job>> waiting = new LinkedHashMap<>();
  private final Map<Object, Integer> running = new HashMap<>();
  private int runningCount;
  private long numbers;

  Jobs(int runningMax, int perPart) {
    this.runningMax = runningMax;
    this.perPart = perPart;
  }

  /// Lets a cell wait for its turn; it has no job yet.
  void add(Cell<?> cell, Moment moment) {
    var job = new Job(cell, moment, cell.dueNanos, numbers++);
    cell.job = job;
    waiting.computeIfAbsent(cell.key().part(), _ -> new ArrayDeque<>()).add(job);
  }

  /// The next job that may run now; null when there is none.
  @Nullable Job poll(long now) {
    ArrayDeque<Job> from = null;
    for (Map.Entry<Object, ArrayDeque<Job>> each : waiting.entrySet()) {
      ArrayDeque<Job> queue = each.getValue();
      Job head = queue.getFirst();
      if (head.notBeforeNanos() - now <= 0
          && running.getOrDefault(each.getKey(), 0) < perPart
          && (from == null || head.number() < from.getFirst().number())) {
        from = queue;
      }
    }
    if (from == null || runningCount >= runningMax) {
      return null;
    }
    Job job = from.removeFirst();
    Object part = job.cell().key().part();
    if (from.isEmpty()) {
      waiting.remove(part);
    }
    running.merge(part, 1, Integer::sum);
    runningCount++;
    return job;
  }

  /// How long until a waiting job may run, in nanoseconds; `most` when that is longer.
  long wait(long now, long most) {
    long left = most;
    for (ArrayDeque<Job> queue : waiting.values()) {
      long until = queue.getFirst().notBeforeNanos() - now;
      left = until > 0 ? Math.min(left, until) : left; // else it waits for a thread
    }
    return left;
  }

  void ended(Job job) {
    runningCount--;
    running.computeIfPresent(job.cell().key().part(), (_, n) -> n == 1 ? null : n - 1);
  }
}
