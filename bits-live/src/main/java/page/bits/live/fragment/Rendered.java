/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import page.bits.db.Cursor;
import page.bits.live.Fragment;

/// The output of a fragment, and what the node knows of its past.
///
/// `at`: the point of the value that it was rendered on. `changedAt`: the t of the last change of
/// output. `knownSince`: the t from which the node knows every change. `gaps`: stretches of t in
/// which the output may have been another one, though it was the same before and after.
record Rendered(
    Fragment.Output output, Cursor at, long changedAt, long knownSince, List<Gap> gaps) {
  private static final int GAPS_MAX = 16;

  /// From `after` exclusive to `until` exclusive.
  record Gap(long after, long until) {}

  static Rendered first(Fragment.Output output, Cursor at) {
    return new Rendered(output, at, at.t(), at.t(), List.of());
  }

  /// The next state; `through` is the last point where this one was known to be right.
  Rendered next(Fragment.Output newer, Cursor newAt, Cursor through) {
    if (!newer.equals(output) || gaps.size() >= GAPS_MAX) {
      return new Rendered(newer, newAt, newAt.t(), knownSince, List.of());
    }
    var more = new ArrayList<>(gaps);
    more.add(new Gap(through.t(), newAt.t()));
    return new Rendered(output, newAt, changedAt, knownSince, List.copyOf(more));
  }

  /// Whether a viewer who has the state of `have` may have another output than this.
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

  static boolean isValid(@Nullable Rendered state, @Nullable Cursor through, long t) {
    return state != null && state.at.t() <= t && (through == null || through.t() >= t);
  }
}
