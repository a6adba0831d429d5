/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.conformance;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which green tests carry which rows.
record Proofs(Map<String, SortedSet<String>> byRow) {

  static Proofs of(AnnotatedClasses classes, GreenTests tests) {
    var byRow = new TreeMap<String, SortedSet<String>>();
    tests
        .byClass()
        .forEach(
            (type, methods) -> {
              String simple = type.substring(type.lastIndexOf('.') + 1);
              if (!methods.containsValue(false)) {
                classes.rowsOf(type).forEach(row -> add(byRow, row, simple));
              }
              methods.forEach(
                  (method, isGreen) -> {
                    if (isGreen) {
                      classes
                          .rowsOf(type, method)
                          .forEach(row -> add(byRow, row, simple + "." + method));
                    }
                  });
            });
    return new Proofs(byRow);
  }

  private static void add(Map<String, SortedSet<String>> byRow, String row, String test) {
    byRow.computeIfAbsent(row, _ -> new TreeSet<>()).add(test);
  }

  SortedSet<String> of(String row) {
    return byRow.getOrDefault(row, new TreeSet<>());
  }
}
