/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e;

import java.util.List;

/// The mistakes of `docs/reference/mistakes.md`, in its order.
final class Mistakes {
  static final String SCHEMA =
      """
      [{:db/ident :person/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :person/email :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/value}
       {:db/ident :person/age :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
       {:db/ident :person/friend :db/valueType :db.type/ref :db/cardinality :db.cardinality/many}]
      [{:person/name "Ada" :person/email "ada@example.org" :person/age 36}
       {:person/name "Charles" :person/age 44}]
      """;

  static final String FIRST_ID = "6ecd8c77-1a1c-4a3f-8d2a-0f6b7a2b9c11";

  private static final String DB = "bits:sqlite:people.db";

  private Mistakes() {}

  /// What needs nothing but a database file.
  static List<Mistake> onSqlite() {
    return List.of(
        // The command line
        Mistake.of("An unknown verb", "stauts", "--db", DB),
        Mistake.of("An unknown option", "q", "--bd", DB, "[:find ?e :where [?e :person/name]]"),
        Mistake.of("No database named", "q", "[:find ?e :where [?e :person/name]]"),
        Mistake.of("An argument is missing", "pull", "--db", DB, "[*]"),
        Mistake.of("Nothing to transact", "transact", "--db", DB),
        Mistake.of("Text and file at once", "transact", "--db", DB, "-f", "more.edn", "[]"),
        Mistake.of("A submission id that is none", "transact", "--db", DB, "--id", "42", "[]"),
        Mistake.of(
            "One submission id for two transactions",
            "transact",
            "--db",
            DB,
            "--id",
            "0b0e5ff4-5ff1-4f0a-9f4e-c5a5c1b7f9aa",
            "[{:person/name \"Bob\"}] [{:person/name \"Eve\"}]"),
        Mistake.of("A number that is none", "reports", "--db", DB, "--count", "many"),
        Mistake.of("A cursor that is none", "reports", "--db", DB, "--after", "yesterday"),
        Mistake.of(
            "A point of time that is none",
            "q",
            "--db",
            DB,
            "--as-of",
            "yesterday",
            "[:find ?n :where [_ :person/name ?n]]"),
        // Where the database is
        Mistake.of("A URI of another shape", "status", "--db", "people.db"),
        Mistake.of("A storage that does not exist", "status", "--db", "bits:sqllite:people.db"),
        Mistake.of(
            "A storage that is not built yet",
            "status",
            "--db",
            "bits:mariadb://127.0.0.1:3306/people?user=bits"),
        Mistake.of(
            "A folder that does not exist", "status", "--db", "bits:sqlite:nowhere/people.db"),
        Mistake.of("A file that is no database", "status", "--db", "bits:sqlite:notes.txt")
            .with("notes.txt", "Remember the milk. It is only text, and longer than a header.\n"),
        // EDN
        Mistake.of("A missing file", "transact", "--db", DB, "-f", "more.edn"),
        Mistake.of("A brace that is not closed", "transact", "--db", DB, "[{:person/name \"Bob\"]"),
        Mistake.of(
            "A string that does not end",
            "q",
            "--db",
            DB,
            "[:find ?e :where [?e :person/name \"A]"),
        Mistake.of("A syntax error in a file", "transact", "--db", DB, "-f", "more.edn")
            .with("more.edn", "; more people\n[{:person/name \"Dora\"}]\n[{:person/name #wat}]\n"),
        Mistake.of("A refusal in a file", "transact", "--db", DB, "-f", "more.edn")
            .with(
                "more.edn",
                "[{:person/name \"Emil\"}]\n\n  [{:person/name \"Fritz\" :person/age \"old\"}]\n"),
        // Transactions
        Mistake.of(
            "A map where a vector belongs", "transact", "--db", DB, "{:person/name \"Bob\"}"),
        Mistake.of("A misspelt attribute", "transact", "--db", DB, "[{:person/nmae \"Bob\"}]"),
        Mistake.of(
            "A value of the wrong type",
            "transact",
            "--db",
            DB,
            "[{:person/name \"Bob\" :person/age \"44\"}]"),
        Mistake.of(
            "A nil value", "transact", "--db", DB, "[{:person/name \"Bob\" :person/age nil}]"),
        Mistake.of(
            "A unique value that another entity holds",
            "transact",
            "--db",
            DB,
            "[{:person/name \"Bob\" :person/email \"ada@example.org\"}]"),
        Mistake.of(
            "A compare-and-set that lost",
            "transact",
            "--db",
            DB,
            "[[:db/cas [:person/name \"Ada\"] :person/age 35 37]]"),
        Mistake.of(
            "A lookup ref by an attribute that is not unique",
            "transact",
            "--db",
            DB,
            "[[:db/add [:person/age 36] :person/email \"a@example.org\"]]"),
        Mistake.of(
            "A lookup ref that finds nothing",
            "transact",
            "--db",
            DB,
            "[[:db/add [:person/name \"Nobody\"] :person/age 1]]"),
        Mistake.of(
            "A reference to a tempid that nothing defines",
            "transact",
            "--db",
            DB,
            "[[:db/add [:person/name \"Ada\"] :person/friend \"bob\"]]"),
        Mistake.of(
            "A transaction function that does not exist",
            "transact",
            "--db",
            DB,
            "[[:person/birthday 1]]"),
        Mistake.of(
            "A submission id used again for something else",
            "transact",
            "--db",
            DB,
            "--id",
            FIRST_ID,
            "[{:person/name \"Gustav\"}]"),
        // Queries
        Mistake.of(
            "A misspelt attribute in a query",
            "q",
            "--db",
            DB,
            "[:find ?n :where [_ :person/nmae ?n]]"),
        Mistake.of(
            "A function that does not exist",
            "q",
            "--db",
            DB,
            "[:find ?n :where [_ :person/name ?n] [(upcase ?n) ?u]]"),
        Mistake.of(
            "A variable that nothing binds",
            "q",
            "--db",
            DB,
            "[:find ?x :where [_ :person/name ?n]]"),
        Mistake.of(
            "An input too few", "q", "--db", DB, "[:find ?e :in $ ?n :where [?e :person/name ?n]]"),
        Mistake.of(
            "An input too many",
            "q",
            "--db",
            DB,
            "[:find ?e :where [?e :person/name _]]",
            "\"Ada\""),
        Mistake.of(
            "A misspelt clause",
            "q",
            "--db",
            DB,
            "[:find ?e :where [?e :person/name] (nto [?e :person/age 36])]"),
        Mistake.of(
            "A rule that does not exist",
            "q",
            "--db",
            DB,
            "[:find ?e :in $ % :where (grownup ?e)]",
            "[[(grown-up ?e) [?e :person/age ?a] [(<= 18 ?a)]]]"),
        Mistake.of(
            "Branches of an or with different variables",
            "q",
            "--db",
            DB,
            "[:find ?e :where (or [?e :person/age 36] [?e :person/friend ?f])]"),
        Mistake.of(
            "A rule that nothing gives the variables that it needs",
            "q",
            "--db",
            DB,
            "[:find ?a :in $ % :where (grown-up ?a)]",
            "[[(grown-up ?a) [(<= 18 ?a)]]]"),
        Mistake.of(
            "Full text, which is not built yet",
            "q",
            "--db",
            DB,
            "[:find ?e :where [(fulltext $ :person/name \"Ada\") [[?e ?n]]]]"),
        Mistake.of(
            "An aggregate that does not exist",
            "q",
            "--db",
            DB,
            "[:find (total ?a) . :where [_ :person/age ?a]]"),
        // Pull and reports
        Mistake.of(
            "A pull pattern that is not a vector",
            "pull",
            "--db",
            DB,
            ":person/name",
            "[:person/name \"Ada\"]"),
        Mistake.of(
            "A misspelt attribute in a pull pattern",
            "pull",
            "--db",
            DB,
            "[:person/nmae]",
            "[:person/name \"Ada\"]"),
        Mistake.of(
            "A cursor of another database",
            "reports",
            "--db",
            DB,
            "--after",
            "1000-0123456789abcdef"),
        Mistake.of(
            "A t that is not reached yet",
            "reports",
            "--db",
            DB,
            "--after",
            "999999",
            "--count",
            "1"),
        // The server
        Mistake.of("A port that is none", "serve", "--db", DB, "--port", "80800"),
        Mistake.of(
            "An address of another machine",
            "serve",
            "--db",
            DB,
            "--port",
            "0",
            "--host",
            "192.0.2.1"),
        Mistake.of(
            "An address that is none", "serve", "--db", DB, "--port", "0", "--host", "256.1.1.1"));
  }
}
