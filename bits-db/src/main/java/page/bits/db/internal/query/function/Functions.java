/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.function;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import page.bits.db.internal.query.algebra.Function;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.schema.NearNames;
import page.bits.edn.Symbol;

/// The functions of queries by name: the built-in ones, and those that are registered.
///
/// Other names are refused, with what is near: a query runs nothing that is not known here.
public final class Functions {
  private static final String CORE = "clojure.core/";
  private static final Map<String, Function> BUILT_IN = new HashMap<>();

  static {
    put(List.of(new Function(Function.QUERY, 1, Function.ANY, Function.Sources.ANY, x -> x)));
    put(CoreFunctions.all());
    put(NumberFunctions.all());
    put(TypeFunctions.all());
    put(CollectionFunctions.all());
    put(TextFunctions.all());
    put(JavaFunctions.all());
    put(SourceFunctions.all());
    put(LogFunctions.all());
  }

  private Functions() {}

  private static void put(List<Function> functions) {
    functions.forEach(function -> BUILT_IN.put(function.name(), function));
  }

  /// The names of the built-in functions, sorted.
  public static List<String> names() {
    return BUILT_IN.keySet().stream().sorted().toList();
  }

  public static Function named(Symbol symbol, Object form) {
    String name = symbol.toString();
    String plain = name.startsWith(CORE) ? name.substring(CORE.length()) : name;
    Function function = BUILT_IN.get(plain);
    if (function != null) {
      return function;
    }
    return Registered.function(name)
        .orElseThrow(
            () ->
                name.equals("fulltext")
                    ? QueryErrors.unsupported(name, form)
                    : QueryErrors.unknownFunction(name, form, near(symbol)));
  }

  /// Names that are spelt alike, and those with the same name in another namespace.
  private static List<String> near(Symbol symbol) {
    var known = new ArrayList<>(BUILT_IN.keySet());
    known.addAll(Registered.functionNames());
    List<String> near = new ArrayList<>(NearNames.of(symbol.toString(), known));
    known.stream()
        .filter(name -> name.endsWith("/" + symbol.name()) || name.equals(symbol.name()))
        .filter(name -> !near.contains(name))
        .sorted()
        .forEach(near::add);
    return near;
  }
}
