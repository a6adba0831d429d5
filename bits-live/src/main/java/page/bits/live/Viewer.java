/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import java.util.Objects;

/// Who watches: a visitor's browser, by the SHA-256 (in hex) of the token in its cookie. Immutable.
///
/// A site stores facts under [#id()], and so never a token.
public record Viewer(String id) {
  /// A request without a visitor's cookie.
  public static final Viewer NOBODY = new Viewer("");

  public Viewer {
    Objects.requireNonNull(id);
  }

  public boolean isNobody() {
    return id.isEmpty();
  }
}
