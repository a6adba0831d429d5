/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MarkdownTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *a* and **b**      | <p><em>a</em> and <strong>b</strong></p>
          `code`             | <p><code>code</code></p>
          # Title            | <h3>Title</h3>
          ###### Small       | <h6>Small</h6>
          > said             | <blockquote>\\n<p>said</p>\\n</blockquote>
          - one              | <ul><li>one</li></ul>
          3. three           | <ol start="3"><li>three</li></ol>
          1 < 2 & 3 > 2      | <p>1 &lt; 2 &amp; 3 &gt; 2</p>
          """)
  void html_ofMarkdown_isPlainElements(String text, String html) {
    assertThat(Markdown.html(text)).isEqualTo(html.replace("\\n", "\n"));
  }

  @Test
  void html_ofLink_saysThatItIsTheWriters() {
    assertThat(Markdown.html("[shop](https://example.org/a?b=c)"))
        .contains("href=\"https://example.org/a?b&#61;c\"")
        .contains("rel=\"nofollow ugc noopener\"");
    assertThat(Markdown.html("see https://example.org/x"))
        .contains("href=\"https://example.org/x\"");
  }

  @Test
  void html_ofImage_isALinkToIt() {
    assertThat(Markdown.html("![a *bowl*](https://example.org/bowl.jpg)"))
        .doesNotContain("<img")
        .contains("href=\"https://example.org/bowl.jpg\"")
        .contains("a <em>bowl</em></a>");
  }

  @Test
  void html_ofLines_keepsThem() {
    assertThat(Markdown.html("one\ntwo")).isEqualTo("<p>one<br />\ntwo</p>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<b hx-get=\"/x\">b</b>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "<javascript:alert(1)>",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<img src=x onerror=alert(1)>",
        "[x](https://example.org \"onmouseover=alert(1)\")"
      })
  void html_ofHostileText_hasNothingLive(String text) {
    assertThat(Markdown.html(text))
        .doesNotContainIgnoringCase("<script")
        .doesNotContainIgnoringCase("<img")
        .doesNotContainIgnoringCase("<b ")
        .doesNotContainIgnoringCase("href=\"javascript")
        .doesNotContainIgnoringCase("href=\"data");
  }

  @Test
  void html_deepNesting_ends() {
    assertThat(Markdown.html("> ".repeat(1_000) + "x")).contains("x");
    assertThat(Markdown.html("[".repeat(2_000))).startsWith("<p>[");
    assertThat(Markdown.html("*a ".repeat(600))).startsWith("<p>");
  }
}
