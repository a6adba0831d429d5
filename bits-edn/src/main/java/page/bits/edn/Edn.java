/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads and prints EDN, and orders its values.
///
/// Stateless and thread-safe. Errors: `:edn.error/*`, category incorrect, with `:line` and
/// `:column` (both from 1).
public final class Edn {
  private Edn() {}

  /// The one value in `text`; an error when there is none or more than one.
  public static @Nullable Object read(String text) {
    throw new UnsupportedOperationException(text);
  }

  /// All values in `text`, in order; empty when there is none.
  public static List<@Nullable Object> readAll(String text) {
    throw new UnsupportedOperationException(text);
  }

  /// The value as EDN text that reads back equal.
  public static String print(@Nullable Object value) {
    throw new UnsupportedOperationException(String.valueOf(value));
  }

  /// As [#print(Object)], with sets and map entries in the order of [#order()]: equal values print
  /// the same.
  public static String printSorted(@Nullable Object value) {
    throw new UnsupportedOperationException(String.valueOf(value));
  }

  /// The total order over all EDN values, consistent with their equality.
  public static Comparator<@Nullable Object> order() {
    throw new UnsupportedOperationException();
  }

  /// An unmodifiable vector; elements may be null.
  public static List<@Nullable Object> vector(@Nullable Object... elements) {
    var values = new ArrayList<@Nullable Object>(elements.length);
    for (Object element : elements) {
      values.add(element);
    }
    return Collections.unmodifiableList(values);
  }
}
