/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import page.bits.db.Db;

/// Decides who may see a page: a pure function, recorded like a rendering.
///
/// When what it read changes and its answer turns from allow, the page's streams of that viewer end
/// with a `leave` event, and no frame of that point or later is sent. A guard that throws forbids.
@FunctionalInterface
public interface Guard {
  Access check(Db db, Page.Params params, Viewer viewer);
}
