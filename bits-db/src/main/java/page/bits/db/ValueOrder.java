/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.time.Instant;
import page.bits.edn.Edn;

/// The order of values inside an index: that of EDN, so that what is printed sorted is sorted
/// alike.
///
/// Stateless. Values of one attribute share a type, so the common types are compared directly.
public final class ValueOrder {
  private ValueOrder() {}

  /// Negative, zero or positive as `x` comes before, with or after `y`; zero only for equal values.
  public static int compare(Object x, Object y) {
    if (x instanceof Long m && y instanceof Long n) {
      return Long.compare(m, n);
    }
    if (x instanceof String m && y instanceof String n) {
      return m.compareTo(n);
    }
    if (x instanceof Instant m && y instanceof Instant n) {
      return m.compareTo(n); // every transaction has one
    }
    return Edn.order().compare(x, y);
  }
}
