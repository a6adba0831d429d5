/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.function;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.query.algebra.Function;
import page.bits.db.spi.Bytes;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// What a value is.
final class TypeFunctions {
  private TypeFunctions() {}

  static List<Function> all() {
    return List.of(
        is("nil?", x -> x == null),
        is("some?", x -> x != null),
        is("string?", x -> x instanceof String),
        is("keyword?", x -> x instanceof Keyword),
        is("symbol?", x -> x instanceof Symbol),
        is("boolean?", x -> x instanceof Boolean),
        is("number?", x -> x instanceof Number),
        is("integer?", Comparisons::isInteger),
        is("int?", x -> x instanceof Long),
        is("float?", Comparisons::isFloating),
        is("double?", x -> x instanceof Double),
        is("decimal?", x -> x instanceof BigDecimal),
        is("inst?", x -> x instanceof Instant),
        is("uuid?", x -> x instanceof UUID),
        is("uri?", x -> x instanceof URI),
        is("bytes?", x -> x instanceof Bytes),
        is("vector?", x -> x instanceof List<?>),
        is("sequential?", x -> x instanceof List<?>),
        is("map?", x -> x instanceof Map<?, ?>),
        is("set?", x -> x instanceof Set<?>),
        is("coll?", x -> x instanceof Collection<?> || x instanceof Map<?, ?>));
  }

  private static Function is(String name, Predicate<@Nullable Object> test) {
    return Function.pure(name, 1, 1, x -> test.test(x[0]));
  }
}
