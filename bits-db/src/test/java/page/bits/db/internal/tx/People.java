/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.List;

/// The schema of the tests of evaluation: people, orders with lines, and an attribute of each type.
final class People {
  private static final String SCHEMA =
      """
      [{:db/ident :p/email :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :p/nick :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :p/badge :db/valueType :db.type/long :db/cardinality :db.cardinality/one
        :db/unique :db.unique/value}
       {:db/ident :p/spouse :db/valueType :db.type/ref :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :p/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
       {:db/ident :p/tag :db/valueType :db.type/string :db/cardinality :db.cardinality/many}
       {:db/ident :p/friend :db/valueType :db.type/ref :db/cardinality :db.cardinality/many}
       {:db/ident :p/boss :db/valueType :db.type/ref :db/cardinality :db.cardinality/one}
       {:db/ident :o/line :db/valueType :db.type/ref :db/cardinality :db.cardinality/many
        :db/isComponent true}
       {:db/ident :x/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
       {:db/ident :x/double :db/valueType :db.type/double :db/cardinality :db.cardinality/one}
       {:db/ident :x/float :db/valueType :db.type/float :db/cardinality :db.cardinality/one}
       {:db/ident :x/flag :db/valueType :db.type/boolean :db/cardinality :db.cardinality/one}
       {:db/ident :x/at :db/valueType :db.type/instant :db/cardinality :db.cardinality/one}
       {:db/ident :x/uuid :db/valueType :db.type/uuid :db/cardinality :db.cardinality/one}
       {:db/ident :x/uri :db/valueType :db.type/uri :db/cardinality :db.cardinality/one}
       {:db/ident :x/dec :db/valueType :db.type/bigdec :db/cardinality :db.cardinality/one}
       {:db/ident :x/int :db/valueType :db.type/bigint :db/cardinality :db.cardinality/one}
       {:db/ident :x/kw :db/valueType :db.type/keyword :db/cardinality :db.cardinality/one}
       {:db/ident :x/sym :db/valueType :db.type/symbol :db/cardinality :db.cardinality/one}
       {:db/ident :x/bytes :db/valueType :db.type/bytes :db/cardinality :db.cardinality/one}
       {:db/ident :x/_odd :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]
      """;

  static final List<Object> ANN = List.of(":p/email", "ann");
  static final List<Object> BOB = List.of(":p/email", "bob");

  private People() {}

  /// A database with the schema and nobody.
  static TestDb db() {
    return TestDb.with(SCHEMA);
  }
}
