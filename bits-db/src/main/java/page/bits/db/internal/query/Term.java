/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query;

import org.jspecify.annotations.Nullable;

/// What can stand in a position of a clause.
sealed interface Term {
  /// `?name`: the same value wherever it stands.
  record Variable(String name) implements Term {
    @Override
    public String toString() {
      return name;
    }
  }

  /// `_`: anything; two blanks never unify.
  record Blank() implements Term {
    static final Blank BLANK = new Blank();

    @Override
    public String toString() {
      return "_";
    }
  }

  /// A value written into the query.
  record Constant(@Nullable Object value) implements Term {
    @Override
    public String toString() {
      return String.valueOf(value);
    }
  }

  /// `$` or `$name`, as an argument of a function.
  record Source(String name) implements Term {
    static final String DEFAULT = "$";

    @Override
    public String toString() {
      return name;
    }
  }
}
