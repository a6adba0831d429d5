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
    return read(text, EdnLimits.DEFAULT);
  }

  /// As [#read(String)], with other limits.
  public static @Nullable Object read(String text, EdnLimits limits) {
    var reader = EdnReader.of(text, limits);
    EdnForm form = reader.next().orElseThrow(() -> EdnErrors.noValue(reader.position()));
    reader
        .next()
        .ifPresent(
            more -> {
              throw EdnErrors.moreThanOneValue(new EdnPosition(more.line(), more.column()));
            });
    return form.value();
  }

  /// All values in `text`, in order; empty when there is none.
  public static List<@Nullable Object> readAll(String text) {
    return readAll(text, EdnLimits.DEFAULT);
  }

  /// As [#readAll(String)], with other limits.
  public static List<@Nullable Object> readAll(String text, EdnLimits limits) {
    var reader = EdnReader.of(text, limits);
    var values = new ArrayList<@Nullable Object>();
    for (var form = reader.next(); form.isPresent(); form = reader.next()) {
      values.add(form.get().value());
    }
    return Collections.unmodifiableList(values);
  }

  /// The value as EDN text on one line that reads back equal, within the limits of the reader.
  ///
  /// `Integer`, `Short`, `Byte` are printed as integers, `Float` as a double, `java.util.Date` as
  /// `#inst`, any [List] that is no [EdnList] as a vector. Throws `:edn.error/unprintable` for
  /// other classes and `:edn.error/unprintable-name` for names that would not read back.
  public static String print(@Nullable Object value) {
    return new EdnPrinter(/* sorted= */ false).print(value);
  }

  /// As [#print(Object)], with sets and map entries in the order of [#order()]: equal values print
  /// the same, but for lists, which are equal to vectors and print differently.
  public static String printSorted(@Nullable Object value) {
    return new EdnPrinter(/* sorted= */ true).print(value);
  }

  /// The total order over all EDN values, consistent with their equality.
  ///
  /// nil < false < true < numbers by exact magnitude, ties by type, `##NaN` last < characters <
  /// strings by UTF-16 unit < keywords < symbols < instants < UUIDs as their text < URIs < lists
  /// and vectors by their first differing element, a shorter one first < sets by size, then as
  /// sorted lists < maps by size, then as sorted lists of entries < tagged elements by tag, then
  /// value. Values of other classes come last, by the name of the class, then by `toString`.
  public static Comparator<@Nullable Object> order() {
    return EdnOrder.INSTANCE;
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
