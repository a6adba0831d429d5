/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.pull;

import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import page.bits.db.Functions;
import page.bits.db.Functions.QueryFunction;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.query.algebra.Function;
import page.bits.edn.Symbol;
import page.bits.error.BitsException;

/// The function that a pattern names with `:xform`: one of Datomic's five and `read-string`, a
/// built-in function of queries that takes one value, or one that the program registered for
/// queries.
///
/// It is called with what was found, a list for many values, null for nothing.
record Xform(String name, QueryFunction function) {

  static Xform named(@Nullable Object symbol, Object form) {
    if (!(symbol instanceof Symbol named)) {
      throw PullErrors.invalid("the name of a function", form);
    }
    String name = named.toString();
    return new Xform(name, registered(name).orElseGet(() -> built(named, form)));
  }

  private static Optional<QueryFunction> registered(String name) {
    return Functions.find(QueryFunction.class, name);
  }

  private static QueryFunction built(Symbol name, Object form) {
    Function function = page.bits.db.internal.query.function.Functions.named(name, form);
    if (function.sources() != Function.Sources.NONE || !function.accepts(1)) {
      throw PullErrors.invalid("a function of one value", form);
    }
    return values -> function.body().apply(values.toArray());
  }

  /// What the function makes of the value; null is nothing.
  @Nullable Object apply(@Nullable Object value) {
    try {
      return Given.normal(function.call(Collections.singletonList(value)));
    } catch (BitsException refused) {
      throw refused;
    } catch (RuntimeException failed) {
      throw PullErrors.xformFailed(name, failed);
    }
  }

  /// Patterns are compared by what was written.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Xform xform && xform.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
