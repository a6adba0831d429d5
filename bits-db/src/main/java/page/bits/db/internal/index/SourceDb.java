/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import page.bits.db.Db;

/// A database value that queries can read: how a [Db] given as a query input finds its datoms.
public interface SourceDb extends Db {
  DatomSource source();
}
