/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.jte;

import gg.jte.TemplateOutput;
import page.bits.live.Html;

/// Collects what one rendering writes. Confined to its thread.
final class HtmlOutput implements TemplateOutput {
  private final Html.Builder builder = new Html.Builder();

  @Override
  public void writeContent(String value) {
    builder.markup(value);
  }

  @Override
  public void writeContent(String value, int beginIndex, int endIndex) {
    builder.markup(value, beginIndex, endIndex);
  }

  void add(Html html) {
    builder.add(html);
  }

  Html html() {
    return builder.build();
  }
}
