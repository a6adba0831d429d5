/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Builds the maps and sets that the reader returns, in the order of the text, and finds
/// duplicates.
///
/// A hash map of keys with chosen equal hashes is quadratic, unless all keys are of one comparable
/// class (then [java.util.HashMap] orders its bins). Hash codes of nested collections collide even
/// by accident. So a larger collection of other keys is looked up in the order of [EdnOrder]
/// instead. Confined to one thread; ends in [#toMap()] or [#toSet()].
final class EdnEntries {
  /// Up to so many entries collisions do not matter.
  private static final int SMALL = 64;

  private final LinkedHashMap<@Nullable Object, @Nullable Object> hashed = new LinkedHashMap<>();
  private @Nullable Class<?> keyClass;
  private boolean uniform = true;
  private @Nullable EdnOrderedMap ordered;

  int size() {
    return ordered == null ? hashed.size() : ordered.size();
  }

  /// Adds an entry; false, and no change, when the key is there.
  boolean add(@Nullable Object key, @Nullable Object value) {
    uniform = uniform && isUniform(key);
    if (ordered == null && !uniform && hashed.size() >= SMALL) {
      ordered = new EdnOrderedMap(hashed);
    }
    if (ordered != null) {
      return ordered.add(key, value);
    }
    if (hashed.containsKey(key)) {
      return false;
    }
    hashed.put(key, value);
    return true;
  }

  private boolean isUniform(@Nullable Object key) {
    // The order of URIs that HashMap would use is not transitive; see EdnUris.
    if (!(key instanceof Comparable<?>) || key instanceof URI) {
      return false;
    }
    if (keyClass == null) {
      keyClass = key.getClass();
    }
    return keyClass == key.getClass();
  }

  private Map<@Nullable Object, @Nullable Object> entries() {
    return ordered == null ? hashed : ordered;
  }

  Map<@Nullable Object, @Nullable Object> toMap() {
    return Collections.unmodifiableMap(entries());
  }

  Set<@Nullable Object> toSet() {
    return Collections.unmodifiableSet(entries().keySet());
  }
}
