/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.conformance;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The rows of `docs/conformance-rows.md` that a test proves: `@Row("T-35")`, `@Row({"P-05",
/// "Q-62"})`.
///
/// On a method, the rows are proven when that test ran and was green; on a class, when all of its
/// tests were. Every test of a method that runs several times has to be green. A row that the list
/// does not hold is an error of the build.
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.CLASS)
public @interface Row {
  /// Ids such as `T-35`.
  String[] value();
}
