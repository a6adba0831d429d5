/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.jte;

import gg.jte.Content;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.util.Map;
import page.bits.live.Html;

/// Templates to HTML: precompiled jte, which escapes by context, with holes for fragments.
public final class Jte {
  private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(ContentType.Html);
  private static final ScopedValue<HtmlOutput> OUTPUT = ScopedValue.newInstance();

  private Jte() {}

  /// The template of that name, with these parameters.
  public static Html html(String template, Map<String, Object> params) {
    var output = new HtmlOutput();
    ScopedValue.where(OUTPUT, output).run(() -> ENGINE.render(template, params, output));
    return output.html();
  }

  /// HTML as a parameter of a template; it is written as it is, with its holes.
  public static Content content(Html html) {
    return _ -> OUTPUT.get().add(html);
  }
}
