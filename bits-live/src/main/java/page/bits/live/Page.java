/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A page of a site: its path, the root of its tree, the guards that are asked before it is shown,
/// in this order, and what is said of those who watch it.
public record Page(
    PathPattern pattern, Fragment<Params> root, List<Guard> guards, Presence presence) {
  public Page {
    guards = List.copyOf(guards);
  }

  /// The variables of one path: what all who watch it share.
  public record Params(Map<String, String> variables) {
    public Params {
      // In the order of the path: the text of it names elements, on every node alike.
      variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /// A variable of the page's path.
    public String param(String name) {
      String value = variables.get(name);
      if (value == null) {
        throw LiveErrors.noSuchVariable(name);
      }
      return value;
    }
  }
}
