/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.feed;

import java.util.List;

/// A page of a feed: its posts, newest first, and whether there are older ones.
public record FeedPage(List<PostRef> posts, boolean hasOlder) {
  public FeedPage {
    posts = List.copyOf(posts);
  }

  /// The number before which the next page begins; 0 when this page is empty.
  public long last() {
    return posts.isEmpty() ? 0 : posts.getLast().number();
  }
}
