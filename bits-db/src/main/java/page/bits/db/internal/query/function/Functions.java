/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.function;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import page.bits.db.internal.query.algebra.Function;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.schema.NearNames;
import page.bits.edn.Symbol;

/// The built-in functions of queries, by name.
///
/// What Datomic has and Bits does not (yet) is refused by name, and so is every call of a class or
/// of a qualified name.
public final class Functions {
  private static final Map<String, Function> ALL = new HashMap<>();

  private static final Set<String> NOT_BUILT =
      Set.of("get-some", "fulltext", "tx-ids", "tx-data", "untuple");

  static {
    put(new Function(Function.QUERY, 1, Function.ANY, Function.Sources.ANY, x -> x));
    CoreFunctions.all().forEach(Functions::put);
    TextFunctions.all().forEach(Functions::put);
    SourceFunctions.all().forEach(Functions::put);
  }

  private Functions() {}

  private static void put(Function function) {
    ALL.put(function.name(), function);
  }

  public static Function named(Symbol symbol, Object form) {
    String name = symbol.toString();
    Function function = ALL.get(name);
    if (function != null) {
      return function;
    }
    if (NOT_BUILT.contains(name)) {
      throw QueryErrors.unsupported(name, form);
    }
    if (name.startsWith(".") || name.endsWith(".")) {
      throw QueryErrors.unsupported("Java calls", form);
    }
    List<String> near = NearNames.of(name, ALL.keySet());
    if (symbol.namespace().isPresent() && near.isEmpty()) {
      throw QueryErrors.unsupported("functions of the class path", form);
    }
    throw QueryErrors.unknownFunction(name, form, near);
  }
}
