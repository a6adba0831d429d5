/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.algebra;

import org.jspecify.annotations.Nullable;

/// What can stand in a position of a clause.
public sealed interface Term {
  /// `?name`: the same value wherever it stands.
  public record Variable(String name) implements Term {
    @Override
    public String toString() {
      return name;
    }
  }

  /// `_`: anything; two blanks never unify.
  public record Blank() implements Term {
    public static final Blank BLANK = new Blank();

    @Override
    public String toString() {
      return "_";
    }
  }

  /// A value written into the query.
  public record Constant(@Nullable Object value) implements Term {
    @Override
    public String toString() {
      return String.valueOf(value);
    }
  }

  /// `$` or `$name`, as an argument of a function.
  public record Source(String name) implements Term {
    public static final String DEFAULT = "$";

    @Override
    public String toString() {
      return name;
    }
  }
}
