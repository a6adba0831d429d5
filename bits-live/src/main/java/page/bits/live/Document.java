/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import java.util.function.UnaryOperator;

/// What a layout puts together: the title, what the live layer needs in the head, the page, and the
/// addresses of the site's assets.
public record Document(String title, Html head, Html body, UnaryOperator<String> assets) {
  /// The address of an asset, by the name that the site gave it.
  public String asset(String name) {
    return assets.apply(name);
  }

  /// A plain document: what a site without a layout of its own gets.
  Html plain() {
    return new Html.Builder()
        .markup("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
        .add(Html.of(title))
        .markup("</title>\n")
        .add(head)
        .markup("</head>\n<body>\n")
        .add(body)
        .markup("</body>\n</html>\n")
        .build();
  }
}
