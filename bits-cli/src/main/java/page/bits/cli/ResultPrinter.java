/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// Prints what a query found: as EDN, the same bytes for the same answer, one row on a line.
///
/// Rows come in no order of their own, so relations and collections are sorted; a tuple (`:find [?a
/// ?b]`) and a scalar keep theirs.
final class ResultPrinter {
  private static final Keyword FIND = Keyword.of("find");

  private ResultPrinter() {}

  static String print(@Nullable Object query, @Nullable Object result) {
    return switch (result) {
      case Set<?> rows -> rows("#{", rows, "}");
      case List<?> rows when !isTuple(query) -> rows("[", rows, "]");
      case null, default -> Edn.printSorted(result);
    };
  }

  private static String rows(String open, Collection<?> rows, String close) {
    var sorted = new ArrayList<@Nullable Object>(rows);
    sorted.sort(Edn.order());
    var lines = sorted.stream().map(Edn::printSorted).toList();
    return open + String.join("\n" + " ".repeat(open.length()), lines) + close;
  }

  /// Whether the first find element is a vector without `...`: then the result is one row.
  private static boolean isTuple(@Nullable Object query) {
    return firstFind(query) instanceof List<?> elements
        && !(elements.size() == 2 && Symbol.of("...").equals(elements.get(1)))
        && isVector(elements);
  }

  /// `(count ?x)` is a list too, and a find element of a relation.
  private static boolean isVector(List<?> elements) {
    return !(elements instanceof page.bits.edn.EdnList);
  }

  private static @Nullable Object firstFind(@Nullable Object query) {
    if (query instanceof Map<?, ?> map) {
      return map.get(FIND) instanceof List<?> find && !find.isEmpty() ? find.getFirst() : null;
    }
    if (query instanceof List<?> clauses) {
      int find = clauses.indexOf(FIND);
      return find >= 0 && find + 1 < clauses.size() ? clauses.get(find + 1) : null;
    }
    return null;
  }
}
