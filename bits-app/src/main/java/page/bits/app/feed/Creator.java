/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.feed;

import java.util.List;
import page.bits.app.text.Link;
import page.bits.app.text.Links;

/// A creator, as the pages show them. `links` is the text that they wrote; `art` names the pictures
/// that come with the application and may be empty.
public record Creator(String handle, String name, String bio, String links, String art) {
  private static final int TONES = 6;

  /// The letter that stands for them where there is no picture.
  public String initial() {
    return name.isEmpty() ? "?" : name.substring(0, name.offsetByCodePoints(0, 1));
  }

  /// The colour that stands for them where there is no picture: a number from 0.
  public int tone() {
    return Math.floorMod(handle.hashCode(), TONES);
  }

  public List<Link> linkList() {
    return Links.of(links);
  }

  public String path() {
    return "/c/" + handle;
  }
}
