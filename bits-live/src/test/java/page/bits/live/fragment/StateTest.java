/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import page.bits.db.Cursor;

final class StateTest {
  private static Cursor at(long t) {
    return new Cursor(t, 0);
  }

  /// A state that was right through a point, and the one after it.
  private static State<String> next(State<String> before, long through, String value, long t) {
    before.end(at(through));
    return before.next(value, at(t), null);
  }

  private static State<String> first() {
    return State.first("a", at(100), null);
  }

  @Test
  void isNewTo_viewerFromBeforeItWasKnown_isTold() {
    assertThat(first().isNewTo(99)).isTrue();
    assertThat(first().isNewTo(100)).isFalse();
  }

  @Test
  void isNewTo_valueChanged_isToldUpToTheChange() {
    State<String> next = next(first(), 105, "b", 110);

    assertThat(next.isNewTo(109)).isTrue();
    assertThat(next.isNewTo(110)).isFalse();
  }

  @Test
  void isNewTo_sameValueAgain_isToldOnlyWithinTheGap() {
    State<String> next = next(first(), 105, "a", 110);

    assertThat(next.isNewTo(100)).isFalse();
    assertThat(next.isNewTo(105)).isFalse();
    assertThat(next.isNewTo(106)).as("another node may have shown something else here").isTrue();
    assertThat(next.isNewTo(109)).isTrue();
    assertThat(next.isNewTo(110)).isFalse();
  }

  @Test
  void isNewTo_moreGapsThanAreKept_tellsTooMuchToTheOldOnly() {
    State<String> state = first();
    for (long t = 101; t < 200; t += 2) {
      state = next(state, t - 1, "a", t + 1);
    }

    for (long have = 101; have < 200; have += 2) {
      assertThat(state.isNewTo(have)).as("inside the gap at %d", have).isTrue();
    }
    assertThat(state.isNewTo(198)).as("a viewer who followed").isFalse();
    assertThat(state.isNewTo(100)).as("older than what is remembered").isTrue();
  }

  @Test
  void reachBack_olderPoint_isRightFromThereOn() {
    State<String> state = first();
    state.reachBack(at(90));

    assertThat(state.isRightAt(90)).isTrue();
    assertThat(state.isRightAt(500)).isTrue();
    assertThat(state.isNewTo(95)).as("changes before 100 are not known").isTrue();
  }

  @Test
  void isRightAt_beforeItWasComputedOrAfterItsEnd_isNot() {
    State<String> state = first();

    assertThat(state.isRightAt(99)).isFalse();
    assertThat(state.isRightAt(500)).isTrue();
    state.end(at(120));
    assertThat(state.isRightAt(120)).isTrue();
    assertThat(state.isRightAt(121)).isFalse();
  }
}
