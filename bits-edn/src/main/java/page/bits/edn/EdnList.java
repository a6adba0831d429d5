/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// A list written in parentheses: `(not [?e :a])`. Immutable, random access; equal to any list with
/// equal elements.
///
/// A vector is any other [java.util.List]; the two differ only in how they are printed and in
/// grammars, such as that of queries, where parentheses mean a call.
public final class EdnList extends AbstractList<@Nullable Object> implements RandomAccess {
  private final @Nullable Object[] elements;

  private EdnList(@Nullable Object[] elements) {
    this.elements = elements;
  }

  public static EdnList of(@Nullable Object... elements) {
    return new EdnList(Arrays.copyOf(elements, elements.length));
  }

  @Override
  public @Nullable Object get(int index) {
    return elements[index];
  }

  @Override
  public int size() {
    return elements.length;
  }
}
