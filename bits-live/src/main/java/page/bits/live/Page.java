/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A page of a site: its path and the root of its tree.
public record Page(PathPattern pattern, Fragment<Params> root) {
  /// The variables of one path: what all who watch it share.
  public record Params(Map<String, String> variables) {
    public Params {
      // In the order of the path: the text of it names elements, on every node alike.
      variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }
  }
}
