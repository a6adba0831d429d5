/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import java.util.Map;

/// A page of a site: its path and the root of its tree.
public record Page(PathPattern pattern, Fragment<Params> root) {
  /// The variables of one path: what all who watch it share.
  public record Params(Map<String, String> variables) {
    public Params {
      variables = Map.copyOf(variables);
    }
  }
}
