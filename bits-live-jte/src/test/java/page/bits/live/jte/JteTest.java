/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.jte;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import page.bits.live.Fragment;
import page.bits.live.Html;

final class JteTest {
  private record Of(String name) {}

  private static final Fragment<Of> FRAGMENT =
      Fragment.shared("part", Of.class, (_, of) -> Html.of(of.name()));

  @Test
  void text_inElementAndAttribute_isEscaped() {
    assertThat(Jte.html("text", "<b> & \"q\""))
        .isEqualTo(Html.trusted("<p title=\"&lt;b> &amp; &#34;q&#34;\">&lt;b&gt; &amp; \"q\"</p>"));
  }

  @Test
  void html_asTheOnlyParameter_isWrittenAsItIs() {
    assertThat(Jte.html("around", Html.trusted("<i>x</i>")))
        .isEqualTo(Html.trusted("<main><i>x</i></main>"));
  }

  @Test
  void html_amongNamedParameters_keepsItsHoles() {
    Html hole = FRAGMENT.show(new Of("a"));
    assertThat(Jte.html("named", Map.of("title", "T", "inner", hole)).parts())
        .containsExactly(
            new Html.Part.Markup("<h1>T</h1>"), new Html.Part.Hole(FRAGMENT, new Of("a")));
  }

  @Test
  void templates_oneInTheOther_writeToTheirOwnPlace() {
    Html inner = Jte.html("around", Jte.html("plain"));
    assertThat(Jte.html("around", inner)).isEqualTo(Html.trusted("<main><main><hr></main></main>"));
  }
}
