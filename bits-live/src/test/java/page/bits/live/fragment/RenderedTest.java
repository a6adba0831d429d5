/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import page.bits.db.Cursor;
import page.bits.live.Fragment;
import page.bits.live.Html;
import page.bits.live.PageHead;

final class RenderedTest {
  private static Fragment.Output output(String text) {
    return new Fragment.Output(Html.of(text), new PageHead("", 200));
  }

  private static Cursor at(long t) {
    return new Cursor(t, 0);
  }

  @Test
  void isNewTo_viewerFromBeforeItWasKnown_isTold() {
    Rendered first = Rendered.first(output("a"), at(100));

    assertThat(first.isNewTo(99)).isTrue();
    assertThat(first.isNewTo(100)).isFalse();
  }

  @Test
  void isNewTo_outputChanged_isToldUpToTheChange() {
    Rendered next = Rendered.first(output("a"), at(100)).next(output("b"), at(110), at(105));

    assertThat(next.isNewTo(109)).isTrue();
    assertThat(next.isNewTo(110)).isFalse();
  }

  @Test
  void isNewTo_sameOutputAgain_isToldOnlyWithinTheGap() {
    Rendered next = Rendered.first(output("a"), at(100)).next(output("a"), at(110), at(105));

    assertThat(next.isNewTo(100)).isFalse();
    assertThat(next.isNewTo(105)).isFalse();
    assertThat(next.isNewTo(106)).as("another node may have shown something else here").isTrue();
    assertThat(next.isNewTo(109)).isTrue();
    assertThat(next.isNewTo(110)).isFalse();
  }

  @Test
  void isNewTo_moreGapsThanAreKept_tellsTooMuchNotTooLittle() {
    Rendered state = Rendered.first(output("a"), at(100));
    for (long t = 101; t < 200; t += 2) {
      state = state.next(output("a"), at(t + 1), at(t - 1));
    }

    for (long have = 101; have < 200; have += 2) {
      assertThat(state.isNewTo(have)).as("inside the gap at %d", have).isTrue();
    }
  }

  @Test
  void isValid_beforeRenderingOrAfterTouch_isNot() {
    Rendered state = Rendered.first(output("a"), at(100));

    assertThat(Rendered.isValid(state, null, 99)).isFalse();
    assertThat(Rendered.isValid(state, null, 500)).isTrue();
    assertThat(Rendered.isValid(state, at(120), 120)).isTrue();
    assertThat(Rendered.isValid(state, at(120), 121)).isFalse();
    assertThat(Rendered.isValid(null, null, 1)).isFalse();
  }
}
