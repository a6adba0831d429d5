/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.docs.tutorial;

import page.bits.db.Bits;
import page.bits.db.Connection;

/// The database that the pages after the first begin with: the schema and the books of page 1.
final class Library {
  static final String SCHEMA =
      """
      [{:db/ident :author/name :db/valueType :db.type/string
        :db/cardinality :db.cardinality/one :db/unique :db.unique/identity}
       {:db/ident :book/isbn :db/valueType :db.type/string
        :db/cardinality :db.cardinality/one :db/unique :db.unique/identity}
       {:db/ident :book/title :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
       {:db/ident :book/year :db/valueType :db.type/long :db/cardinality :db.cardinality/one
        :db/index true}
       {:db/ident :book/author :db/valueType :db.type/ref :db/cardinality :db.cardinality/many}
       {:db/ident :book/subjects :db/valueType :db.type/keyword
        :db/cardinality :db.cardinality/many}]
      """;

  static final String BOOKS =
      """
      [{:db/id "le-guin" :author/name "Ursula K. Le Guin"}
       {:db/id "butler" :author/name "Octavia E. Butler"}
       {:book/isbn "111" :book/title "The Dispossessed" :book/year 1974
        :book/author "le-guin" :book/subjects [:utopia :physics]}
       {:book/isbn "222" :book/title "The Lathe of Heaven" :book/year 1971
        :book/author "le-guin" :book/subjects [:dreams]}
       {:book/isbn "333" :book/title "Kindred" :book/year 1979
        :book/author "butler" :book/subjects [:history :time]}]
      """;

  private Library() {}

  /// A library of its own for each page.
  static Connection open(String name) {
    Connection conn = Bits.connect("bits:mem:library-" + name);
    conn.ensureSchema(SCHEMA);
    conn.transact(BOOKS);
    return conn;
  }
}
