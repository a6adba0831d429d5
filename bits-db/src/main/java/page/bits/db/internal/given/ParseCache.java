/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.given;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Parsed forms by the equality of what was given, the least recently used dropped first.
/// Thread-safe.
///
/// The queries and patterns of an application are few and constant, so the bound is generous; a
/// form that is changed after it was used is simply parsed again.
public final class ParseCache<T> {
  private static final int ENTRIES_MAX = 1_024;

  private final Function<Object, T> parser;
  private final Map<Object, T> parsed =
      new LinkedHashMap<>(64, 0.75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, T> eldest) {
          return size() > ENTRIES_MAX;
        }
      };

  public ParseCache(Function<Object, T> parser) {
    this.parser = parser;
  }

  /// What the parser makes of the form; its errors are not kept.
  public T parse(Object form) {
    T known = lookup(form);
    if (known != null) {
      return known;
    }
    T fresh = parser.apply(form);
    synchronized (parsed) {
      parsed.put(form, fresh);
    }
    return fresh;
  }

  private @Nullable T lookup(Object form) {
    synchronized (parsed) {
      return parsed.get(form);
    }
  }
}
