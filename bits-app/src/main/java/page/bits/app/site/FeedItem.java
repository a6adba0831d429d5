/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.site;

import gg.jte.Content;
import page.bits.app.feed.PostRef;

/// A post in a list: the places of its text and of its like button.
public record FeedItem(PostRef ref, Content post, Content like) {}
