/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

/// What a page says about its document, beside its HTML.
public record PageHead(String title, int status) {
  static final PageHead NONE = new PageHead("", 200);
}
