/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.Optional;
import page.bits.db.internal.query.relation.Relation;

/// One way to read a pattern: a scan of what its constants allow, or a lookup for each row of a
/// relation.
///
/// `cost` is about the number of datoms read plus the number of rows that come out.
record Access(Optional<Relation> driver, Optional<ValueRange> within, double cost) {
  /// A scan of all that the pattern's constants allow.
  static final Access WHOLE = new Access(Optional.empty(), Optional.empty(), Double.NaN);
}
