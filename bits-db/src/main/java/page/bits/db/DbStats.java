/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import page.bits.edn.Keyword;

/// How large a database is: assertions and retractions ever made, in all and by attribute.
/// Immutable.
public record DbStats(long datoms, Map<Keyword, Long> attributes) {
  public DbStats {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }
}
