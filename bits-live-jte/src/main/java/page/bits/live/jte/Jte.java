/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.jte;

import gg.jte.Content;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import page.bits.live.Html;

/// Templates to HTML: precompiled jte, which escapes by context, with holes for fragments.
///
/// A template is named without its suffix: `entries` is `entries.jte`. An [Html] among the
/// parameters becomes a [Content], which is what the template declares it as; it is written as it
/// is, with its holes. Safe on any number of threads.
public final class Jte {
  private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(ContentType.Html);
  private static final ScopedValue<HtmlOutput> OUTPUT = ScopedValue.newInstance();

  private Jte() {}

  /// A template without parameters.
  public static Html html(String template) {
    return html(template, Map.of());
  }

  /// A template with one parameter, whatever its name.
  public static Html html(String template, Object param) {
    return write(output -> ENGINE.render(file(template), parameter(param), output));
  }

  /// A template with these parameters, by name.
  public static Html html(String template, Map<String, ?> params) {
    Map<String, Object> values = new LinkedHashMap<>();
    params.forEach((name, value) -> values.put(name, parameter(value)));
    return write(output -> ENGINE.render(file(template), values, output));
  }

  /// HTML inside a larger value, such as a field of a record, that a template writes out.
  public static Content content(Html html) {
    return _ -> OUTPUT.get().add(html);
  }

  private static String file(String template) {
    return template + ".jte";
  }

  private static Object parameter(Object value) {
    return value instanceof Html html ? content(html) : value;
  }

  private static Html write(Consumer<HtmlOutput> template) {
    var output = new HtmlOutput();
    ScopedValue.where(OUTPUT, output).run(() -> template.accept(output));
    return output.html();
  }
}
