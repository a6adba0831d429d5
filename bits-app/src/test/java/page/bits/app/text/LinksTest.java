/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LinksTest {
  @Test
  void parse_labelsAndAddresses_areKept() {
    String text =
        "My shop https://example.org/shop\n\nmailto:me@example.org\nhttp://www.example.org";

    assertThat(Links.parse(text))
        .isEqualTo(
            new Links.Parsed.Good(
                java.util.List.of(
                    new Link("My shop", "https://example.org/shop"),
                    new Link("me@example.org", "mailto:me@example.org"),
                    new Link("example.org", "http://www.example.org"))));
  }

  @Test
  void text_ofLinks_parsesToTheSame() {
    var good = (Links.Parsed.Good) Links.parse("Shop https://example.org\nmailto:a@example.org");

    assertThat(Links.parse(Links.text(good.links()))).isEqualTo(good);
    assertThat(Links.of(Links.text(good.links()))).isEqualTo(good.links());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "x JAVASCRIPT:alert(1)",
        "x data:text/html,x",
        "just words",
        "x https://",
        "x https:///path",
        "x https://a@b",
        "x mailto:nobody",
        "x //example.org",
        "x https://exa mple.org\"onclick=x"
      })
  void parse_whatIsNoAddress_saysWhichLine(String line) {
    assertThat(Links.parse("Shop https://example.org\n" + line))
        .isInstanceOfSatisfying(
            Links.Parsed.Wrong.class, wrong -> assertThat(wrong.sentence()).startsWith("Line 2: "));
    assertThat(Links.of(line)).isEmpty();
  }

  @Test
  void parse_tooMany_saysHowMany() {
    assertThat(Links.parse("https://example.org\n".repeat(7)))
        .isEqualTo(new Links.Parsed.Wrong("At most 6 links, please."));
  }

  @Test
  void parse_longLabel_countsCodePoints() {
    assertThat(Links.parse("😀".repeat(40) + " https://example.org"))
        .isInstanceOf(Links.Parsed.Good.class);
    assertThat(Links.parse("😀".repeat(41) + " https://example.org"))
        .isInstanceOf(Links.Parsed.Wrong.class);
  }
}
