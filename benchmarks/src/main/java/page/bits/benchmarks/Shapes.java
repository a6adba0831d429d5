/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.util.List;
import java.util.Map;

/// The data of the write benchmarks: entities of four attributes.
final class Shapes {
  static final String SCHEMA =
      """
      [{:db/ident :person/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
       {:db/ident :person/age :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
       {:db/ident :person/sex :db/valueType :db.type/keyword :db/cardinality :db.cardinality/one}
       {:db/ident :person/salary :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]""";

  private Shapes() {}

  static List<Map<String, Object>> person(int n) {
    return List.of(
        Map.of(
            ":person/name",
            "Ivan Petrov " + n % 1000,
            ":person/age",
            (long) (n % 100),
            ":person/sex",
            ":male",
            ":person/salary",
            (long) (n * 31 % 100_000)));
  }
}
