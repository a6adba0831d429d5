/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import page.bits.db.Cursor;
import page.bits.live.Access;

/// What a viewer sees of a page at one point.
public sealed interface Seen permits Snapshot, Seen.Turned {
  /// The point of the log.
  Cursor at();

  /// Nothing: a guard says otherwise.
  record Turned(Cursor at, Access access) implements Seen {}
}
