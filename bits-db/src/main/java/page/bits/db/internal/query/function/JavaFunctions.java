/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.function;

import static page.bits.db.internal.query.function.TextFunctions.text;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.Shown;
import page.bits.db.internal.query.algebra.Function;

/// The methods of Java that queries call most, by name: those of strings, and of instants as
/// `java.util.Date` has them. No other method is called: what a query does must be known.
final class JavaFunctions {
  private JavaFunctions() {}

  static List<Function> all() {
    return List.of(
        Function.pure(".startsWith", 2, 2, x -> text(x[0]).startsWith(text(x[1]))),
        Function.pure(".endsWith", 2, 2, x -> text(x[0]).endsWith(text(x[1]))),
        Function.pure(".contains", 2, 2, x -> text(x[0]).contains(text(x[1]))),
        Function.pure(".equalsIgnoreCase", 2, 2, x -> text(x[0]).equalsIgnoreCase(text(x[1]))),
        Function.pure(".isEmpty", 1, 1, x -> text(x[0]).isEmpty()),
        Function.pure(".length", 1, 1, x -> (long) text(x[0]).length()),
        Function.pure(".toLowerCase", 1, 1, x -> TextFunctions.lower(text(x[0]))),
        Function.pure(".toUpperCase", 1, 1, x -> TextFunctions.upper(text(x[0]))),
        Function.pure(".trim", 1, 1, x -> text(x[0]).trim()),
        Function.pure(".substring", 2, 3, TextFunctions::part),
        Function.pure(".indexOf", 2, 2, x -> (long) text(x[0]).indexOf(text(x[1]))),
        Function.pure(".concat", 2, 2, x -> text(x[0]) + text(x[1])),
        Function.pure(".matches", 2, 2, x -> Patterns.matches(x[1], text(x[0])) != null),
        Function.pure(".equals", 2, 2, x -> Comparisons.equal(x[0], x[1])),
        Function.pure(".compareTo", 2, 2, x -> (long) Comparisons.compare(x[0], x[1])),
        Function.pure(".before", 2, 2, x -> instant(x[0]).isBefore(instant(x[1]))),
        Function.pure(".after", 2, 2, x -> instant(x[0]).isAfter(instant(x[1]))),
        Function.pure(".getTime", 1, 1, x -> instant(x[0]).toEpochMilli()));
  }

  private static Instant instant(@Nullable Object value) {
    if (value instanceof Instant instant) {
      return instant;
    }
    throw new IllegalArgumentException("not an instant: " + Shown.typeOf(value));
  }
}
