/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What a transaction of the workload does. Each is judged by its own rule, which a replay of the
/// log knows too.
sealed interface Act {
  int COUNTERS = 3;
  int LISTS = 2;
  int ACCOUNTS = 4;
  int BADGES = 12;
  long BALANCE = 100;
  String SAID = "said ";

  String SCHEMA =
      """
      [{:db/ident :op/id :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
       {:db/ident :item/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :item/count :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
       {:db/ident :item/member :db/valueType :db.type/long :db/cardinality :db.cardinality/many}
       {:db/ident :item/owner :db/valueType :db.type/ref :db/cardinality :db.cardinality/one}
       {:db/ident :item/badge :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/value}
       {:db/ident :item/balance :db/valueType :db.type/long :db/cardinality :db.cardinality/one
        :db.attr/preds bits.simulation/not-negative}
       {:db/ident :here/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/ephemeral true}
       {:db/ident :here/mark :db/valueType :db.type/long :db/cardinality :db.cardinality/many
        :db/ephemeral true}]\
      """;

  /// What everything starts from.
  record SetUp() implements Act {}

  /// Counts up by compare-and-set, from what the client saw.
  record Count(int counter, long expected) implements Act {}

  /// Adds a number that nobody else adds.
  record Add(int list, long member) implements Act {}

  /// Moves money by a registered function, which refuses what is not there.
  record Transfer(int from, int to, long amount, long slowNanos) implements Act {}

  /// Makes an entity with a badge that only one may have.
  record Badge(int badge) implements Act {}

  /// Says an ephemeral fact under a session, which may have ended.
  record Say(UUID session) implements Act {}

  /// Names an attribute that does not exist.
  record Mistake() implements Act {}

  /// Its forms, marked with the number of the operation. `seed` leads the function to its
  /// simulation.
  default List<Object> forms(long operation, long seed) {
    var forms = new ArrayList<Object>();
    forms.add(List.of(":db/add", "datomic.tx", ":op/id", operation));
    switch (this) {
      case SetUp _ -> setUp(forms);
      case Count count ->
          forms.add(
              List.of(
                  ":db/cas",
                  item("c", count.counter()),
                  ":item/count",
                  count.expected(),
                  count.expected() + 1));
      case Add add ->
          forms.add(List.of(":db/add", item("l", add.list()), ":item/member", add.member()));
      case Transfer transfer ->
          forms.add(
              List.of(
                  Bank.TRANSFER,
                  seed,
                  operation,
                  transfer.from(),
                  transfer.to(),
                  transfer.amount(),
                  transfer.slowNanos()));
      case Badge badge -> {
        forms.add(List.of(":db/add", "new", ":item/badge", "badge " + badge.badge()));
        forms.add(List.of(":db/add", "new", ":item/owner", item("a", 0)));
      }
      case Say say -> {
        forms.add(
            List.of(
                ":db/add", "said", ":bits/session", List.of(":bits.session/id", say.session())));
        forms.add(List.of(":db/add", "said", ":here/name", SAID + operation));
      }
      case Mistake _ -> forms.add(List.of(":db/add", item("c", 0), ":item/coutn", 1));
    }
    return forms;
  }

  private static void setUp(List<Object> forms) {
    for (int i = 0; i < COUNTERS; i++) {
      forms.add(List.of(":db/add", "c" + i, ":item/name", "c" + i));
      forms.add(List.of(":db/add", "c" + i, ":item/count", 0));
    }
    for (int i = 0; i < LISTS; i++) {
      forms.add(List.of(":db/add", "l" + i, ":item/name", "l" + i));
    }
    for (int i = 0; i < ACCOUNTS; i++) {
      forms.add(List.of(":db/add", "a" + i, ":item/name", "a" + i));
      forms.add(List.of(":db/add", "a" + i, ":item/balance", BALANCE));
    }
  }

  /// A lookup ref.
  static List<Object> item(String kind, int number) {
    return List.of(":item/name", kind + number);
  }
}
