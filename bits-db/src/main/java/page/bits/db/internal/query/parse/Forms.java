/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.parse;

import java.util.List;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.algebra.Term;
import page.bits.edn.Symbol;

/// What the forms of queries are: small questions that the parsers ask.
public final class Forms {
  /// The clauses that begin with a name.
  static final List<String> CLAUSE_NAMES = List.of("and", "not", "not-join", "or", "or-join");

  private Forms() {}

  public static boolean isSymbol(@Nullable Object form, String name) {
    return form instanceof Symbol symbol
        && symbol.namespace().isEmpty()
        && symbol.name().equals(name);
  }

  public static boolean isVariable(@Nullable Object form) {
    return form instanceof Symbol symbol && symbol.toString().startsWith("?");
  }

  public static boolean isSource(@Nullable Object form) {
    return form instanceof Symbol symbol && symbol.toString().startsWith("$");
  }

  /// A symbol that is no variable, source, rule set or blank: the name of a function or pattern.
  public static boolean isPlain(@Nullable Object form) {
    return form instanceof Symbol symbol
        && !isVariable(form)
        && !isSource(form)
        && !symbol.toString().equals("%")
        && !symbol.toString().equals("_")
        && !symbol.toString().equals("...")
        && !symbol.toString().equals(".");
  }

  public static Term.Variable variable(@Nullable Object form, String where) {
    if (!isVariable(form)) {
      throw QueryErrors.invalid("a variable " + where, form);
    }
    return new Term.Variable(String.valueOf(form));
  }

  public static List<?> list(@Nullable Object form, String expected) {
    if (form instanceof List<?> list) {
      return list;
    }
    throw QueryErrors.invalid(expected, form);
  }
}
