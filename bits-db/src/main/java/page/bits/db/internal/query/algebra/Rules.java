/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.algebra;

import java.util.Map;
import java.util.Optional;

/// A set of rules, as `%` is given. Immutable.
public record Rules(Map<String, Rule> byName) {
  public static final Rules NONE = new Rules(Map.of());

  public Rules {
    byName = Map.copyOf(byName);
  }

  public Optional<Rule> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
