/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.feed;

/// A creator, as the pages show them.
public record Creator(String handle, String name, String bio) {
  /// The letter that stands for them.
  public String initial() {
    return name.isEmpty() ? "?" : name.substring(0, name.offsetByCodePoints(0, 1));
  }
}
