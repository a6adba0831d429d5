/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Walks the operations in the order of time: what was seen before a moment has to be in everything
/// that was asked for after it. Confined to one thread.
///
/// What anyone was shown counts as seen, not only acknowledgements: it is committed all the same.
final class TimeCheck {
  private record Event(long nanos, boolean isAsked, Operation operation) {}

  /// The newest t that anyone had seen when the operation was asked.
  private final Map<Operation, Long> seenBefore = new IdentityHashMap<>();

  /// The newest t that anyone had seen, from each time on at which it grew.
  private final NavigableMap<Long, Long> seenAt = new TreeMap<>();

  TimeCheck(List<Operation> operations) {
    var events = new ArrayList<Event>(operations.size() * 2);
    for (Operation operation : operations) {
      events.add(new Event(operation.askedNanos(), true, operation));
      if (operation.answer() != null) {
        events.add(new Event(operation.answeredNanos(), false, operation));
      }
    }
    // At the same nanosecond asked comes first: then neither is before the other.
    events.sort(Comparator.comparingLong(Event::nanos).thenComparing(event -> !event.isAsked()));
    long seen = 0;
    for (Event event : events) {
      if (event.isAsked()) {
        seenBefore.put(event.operation(), seen);
      } else if (shown(event.operation()) > seen) {
        seen = shown(event.operation());
        seenAt.put(event.nanos(), seen);
      }
    }
  }

  /// The newest t that the answer shows to be committed.
  private static long shown(Operation operation) {
    return switch (operation.answer()) {
      case Answer.Committed(long t, long basis) -> Math.max(t, basis);
      case Answer.Told(long t, long basis) -> Math.max(t, basis);
      case null -> 0;
      default -> operation.basisAfter();
    };
  }

  long seenBefore(Operation operation) {
    return seenBefore.getOrDefault(operation, 0L);
  }

  /// The newest t that anyone had seen at that time.
  long seenBefore(long nanos) {
    Map.Entry<Long, Long> before = seenAt.floorEntry(nanos);
    return before == null ? 0 : before.getValue();
  }
}
