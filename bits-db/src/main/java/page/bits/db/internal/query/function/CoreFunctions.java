/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.function;

import java.util.List;
import page.bits.db.internal.query.algebra.Function;

/// Comparison, arithmetic, and what makes single values.
final class CoreFunctions {
  private CoreFunctions() {}

  static List<Function> all() {
    return List.of(
        Function.pure("=", 2, 2, x -> Comparisons.equal(x[0], x[1])),
        Function.pure("==", 2, 2, x -> Comparisons.isSameNumber(x[0], x[1])),
        Function.pure("!=", 2, 2, x -> !Comparisons.equal(x[0], x[1])),
        Function.pure("not=", 2, 2, x -> !Comparisons.equal(x[0], x[1])),
        Function.pure("<", 2, 2, x -> Comparisons.compare(x[0], x[1]) < 0),
        Function.pure("<=", 2, 2, x -> Comparisons.compare(x[0], x[1]) <= 0),
        Function.pure(">", 2, 2, x -> Comparisons.compare(x[0], x[1]) > 0),
        Function.pure(">=", 2, 2, x -> Comparisons.compare(x[0], x[1]) >= 0),
        Function.pure("compare", 2, 2, x -> (long) Comparisons.compare(x[0], x[1])),
        Function.pure("identity", 1, 1, x -> x[0]),
        Function.pure("ground", 1, 1, x -> x[0]),
        Function.pure("not", 1, 1, x -> !Function.isTruthy(x[0])),
        Function.pure("true?", 1, 1, x -> Boolean.TRUE.equals(x[0])),
        Function.pure("false?", 1, 1, x -> Boolean.FALSE.equals(x[0])),
        Function.pure("boolean", 1, 1, x -> Function.isTruthy(x[0])));
  }
}
