/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import page.bits.db.Cursor;

/// A value that was computed at one point, and what the node knows of its past.
///
/// `at`: the point of the database value that it was computed on. `changedAt`: the t of the last
/// change of the value. `knownSince`: the t from which the node knows every change. `gaps`:
/// stretches of t in which the value may have been another one, though it was the same before and
/// after. All but `at` and `through` never change; these two belong to the lock of [Fragments].
final class State<V> {
  private static final int GAPS_MAX = 16;

  private final V value;
  private Cursor at;
  private final long changedAt;
  private final long knownSince;
  private final List<Gap> gaps;

  /// The last point at which it is right; null while nothing touched what it was made of.
  private @Nullable Cursor through;

  /// From `after` exclusive to `until` exclusive.
  private record Gap(long after, long until) {}

  private State(
      V value,
      Cursor at,
      long changedAt,
      long knownSince,
      List<Gap> gaps,
      @Nullable Cursor through) {
    this.value = value;
    this.at = at;
    this.changedAt = changedAt;
    this.knownSince = knownSince;
    this.gaps = gaps;
    this.through = through;
  }

  static <V> State<V> first(V value, Cursor at, @Nullable Cursor through) {
    return new State<>(value, at, at.t(), at.t(), List.of(), through);
  }

  /// The first state where another one of the same point was taken back: who has that point may
  /// have the other.
  static <V> State<V> again(V value, Cursor at, @Nullable Cursor through) {
    return new State<>(value, at, at.t() + 1, at.t() + 1, List.of(), through);
  }

  /// The state after this one, which has ended.
  State<V> next(V newer, Cursor newAt, @Nullable Cursor newThrough) {
    if (!newer.equals(value)) {
      return new State<>(newer, newAt, newAt.t(), knownSince, List.of(), newThrough);
    }
    Cursor end = Objects.requireNonNull(through);
    var more = new ArrayList<>(gaps);
    more.add(new Gap(end.t(), newAt.t()));
    long since = knownSince;
    while (more.size() > GAPS_MAX) { // who is older than what is remembered gets it all
      since = Math.max(since, more.removeFirst().until());
    }
    return new State<>(value, newAt, changedAt, since, List.copyOf(more), newThrough);
  }

  V value() {
    return value;
  }

  Cursor at() {
    return at;
  }

  @Nullable Cursor through() {
    return through;
  }

  /// It was found to be right from an older point on. What changed before it was first computed is
  /// known no better.
  void reachBack(Cursor older) {
    at = older;
  }

  void end(Cursor last) {
    through = last;
  }

  boolean isRightAt(long t) {
    Cursor end = through;
    return at.t() <= t && (end == null || end.t() >= t);
  }

  /// Whether a viewer who has the value of `have` may have another one than this.
  boolean isNewTo(long have) {
    if (have < knownSince || have < changedAt) {
      return true;
    }
    for (Gap gap : gaps) {
      if (gap.after() < have && have < gap.until()) {
        return true;
      }
    }
    return false;
  }
}
