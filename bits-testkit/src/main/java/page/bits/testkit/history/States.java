/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.util.Arrays;

/// The states of one thing from its first t on: sorted, append-only. Confined to one thread.
final class States {
  private long[] ts = new long[8];
  private long[] states = new long[8];
  private int size;

  void add(long t, long state) {
    if (size > 0 && ts[size - 1] == t) { // a second datom of the same transaction
      states[size - 1] = state;
      return;
    }
    if (size == ts.length) {
      ts = Arrays.copyOf(ts, size * 2);
      states = Arrays.copyOf(states, size * 2);
    }
    ts[size] = t;
    states[size] = state;
    size++;
  }

  long last(long otherwise) {
    return size == 0 ? otherwise : states[size - 1];
  }

  /// The state after every transaction up to t, inclusive.
  long at(long t, long otherwise) {
    int index = index(t);
    return index < 0 ? otherwise : states[index];
  }

  /// Whether the state passed the test at some moment from `low` to `high`, both inclusive.
  boolean everBetween(long low, long high, long otherwise, java.util.function.LongPredicate test) {
    int index = index(low);
    if (index < 0) {
      if (test.test(otherwise)) {
        return true;
      }
      index = 0;
    }
    for (; index < size && ts[index] <= Math.max(low, high); index++) {
      if (test.test(states[index])) {
        return true;
      }
    }
    return false;
  }

  /// The index of the newest state at t, or -1.
  private int index(long t) {
    int found = Arrays.binarySearch(ts, 0, size, t);
    return found >= 0 ? found : -found - 2;
  }

  /// The states from `low` to `high`, for a message.
  String between(long low, long high) {
    var text = new StringBuilder();
    for (int i = Math.max(0, index(low)); i < size && ts[i] <= high; i++) {
      text.append(text.isEmpty() ? "" : ", ").append(states[i]).append(" from ").append(ts[i]);
      if (text.length() > 400) {
        return text.append(", …").toString();
      }
    }
    return text.isEmpty() ? "nothing" : text.toString();
  }
}
