/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import java.util.Map;

/// What the database says while somebody watches a page; see [Site#presence(String, Presence)].
@FunctionalInterface
public interface Presence {
  /// The ephemeral facts for this viewer of the page with these parameters; empty for none, and
  /// then asked again when the page changes. Pages and windows of a viewer that give equal facts
  /// are one presence.
  Map<String, ?> facts(Page.Params params, Viewer viewer);
}
