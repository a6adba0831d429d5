/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.DbError;
import page.bits.db.Functions;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;

/// Predicates of attributes, and specs that transactions ensure.
final class PredicateTest {
  private static final String SCHEMA =
      """
      [{:db/ident :x/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
       {:db/ident :x/flag :db/valueType :db.type/boolean :db/cardinality :db.cardinality/one}
       {:db/ident :x/many :db/valueType :db.type/long :db/cardinality :db.cardinality/many}
       {:db/ident :x/key :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :x/nf :db/valueType :db.type/tuple :db/tupleAttrs [:x/n :x/flag]
        :db/cardinality :db.cardinality/one}
       {:db/ident :spec/both :db.entity/attrs [:x/n :x/flag]}
       {:db/ident :spec/small :db.entity/preds test.preds/small?}
       {:db/ident :spec/open :db.entity/preds test.preds/one-decision?}]
      """;

  private final TestDb db = TestDb.with(SCHEMA);

  @BeforeAll
  static void register() {
    Functions.registerAttributePredicate("test.preds/positive?", n -> (Long) n > 0);
    Functions.registerAttributePredicate("test.preds/why", n -> (Long) n > 0 ? true : "too small");
    Functions.registerAttributePredicate("test.preds/truthy", n -> n);
    Functions.registerAttributePredicate(
        "test.preds/short?", tuple -> ((List<?>) tuple).size() < 2);
    Functions.registerEntityPredicate(
        "test.preds/small?",
        (after, e) -> {
          long sum = 0;
          for (Object n : (Set<?>) after.entity(e).get(":x/many").orElse(Set.of())) {
            sum += (Long) n;
          }
          return sum < 10 ? true : sum;
        });
    Functions.registerEntityPredicate(
        "test.preds/one-decision?",
        (after, e) -> ((Set<?>) after.entity(e).get(":x/many").orElse(Set.of())).size() <= 1);
    Functions.registerTx("test.preds/approve", (before, arguments) -> decide(before, arguments, 1));
    Functions.registerTx("test.preds/deny", (before, arguments) -> decide(before, arguments, 2));
  }

  private static List<?> decide(page.bits.db.Db before, List<?> arguments, int decision) {
    Object e = arguments.getFirst();
    return before.entity(e).get(":x/many").isPresent()
        ? List.of()
        : List.of(List.of(":db/add", e, ":x/many", decision));
  }

  @Test
  @Row("S-10")
  void attributePredicate_judgesAssertionsFromTheNextTransactionOn() {
    db.transact("[{:x/key \"k\" :x/n -1}]");
    db.transact("[{:db/id :x/n :db.attr/preds test.preds/positive?} {:x/key \"l\" :x/n -2}]");
    BitsException refusal = db.refused(DbError.ATTR_PRED, "[{:x/key \"m\"} {:x/n -3}]");
    assertThat(refusal.data())
        .containsEntry("form", 1)
        .containsEntry("attribute", Keyword.of(":x/n"))
        .containsEntry("value", -3L)
        .containsEntry("predicate", "test.preds/positive?")
        .containsEntry("pred-return", false);
    db.refused(DbError.ATTR_PRED, "[[:db/add [:x/key \"k\"] :x/n -1]]"); // though it is held
    db.transact("[[:db/retract [:x/key \"k\"] :x/n -1]]");
    db.transact("[{:x/key \"k\" :x/n 1}]");
    db.transact("[[:db/retract :x/n :db.attr/preds test.preds/positive?]]");
    db.transact("[{:x/key \"k\" :x/n -1}]");
  }

  @Test
  @Row("S-10")
  void attributePredicate_anythingButTrue_refusesAndIsShown() {
    db.transact("[{:db/id :x/n :db.attr/preds test.preds/why}]");
    assertThat(db.refused(DbError.ATTR_PRED, "[{:x/n 0}]").data())
        .containsEntry("pred-return", "too small");
    db.transact("[{:db/id :x/many :db.attr/preds test.preds/truthy}]");
    assertThat(db.refused(DbError.ATTR_PRED, "[{:x/many 5}]").data())
        .containsEntry("pred-return", 5L);
    db.transact("[{:db/id :x/nf :db.attr/preds test.preds/short?}]");
    assertThat(db.refused(DbError.ATTR_PRED, "[{:x/flag true}]").data())
        .containsEntry("attribute", Keyword.of(":x/nf"));
  }

  @Test
  @Row("S-10")
  void attributePredicate_thatNobodyRegistered_refusesByName() {
    db.transact("[{:db/id :x/n :db.attr/preds [test.preds/positve?]}]");
    assertThat(db.refused(DbError.FUNCTION_MISSING, "[{:x/n 1}]").data())
        .containsEntry("function", "test.preds/positve?")
        .hasEntrySatisfying(
            "near", near -> assertThat((List<?>) near).first().isEqualTo("test.preds/positive?"));
    db.transact("[{:x/key \"other\"}]");
  }

  @Test
  @Row({"S-11", "S-13", "RA-28", "RF-05"})
  void ensure_requiredAttributes_areThoseAfterAndLeaveNoDatom() {
    BitsException refusal =
        db.refused(DbError.ENTITY_ATTR, "[{:x/key \"k\" :x/n 1 :db/ensure :spec/both}]");
    assertThat(refusal.data())
        .containsEntry("spec", Keyword.of(":spec/both"))
        .containsEntry("missing", List.of(Keyword.of(":x/flag")));
    Evaluated e = db.transact("[{:x/key \"k\" :x/n 1 :x/flag false :db/ensure :spec/both}]");
    assertThat(db.shown(e)).hasSize(4).noneMatch(datom -> datom.contains("ensure"));
    db.transact("[{:db/id [:x/key \"k\"] :db/ensure :spec/both}]");
    db.refused(
        DbError.ENTITY_ATTR,
        "[[:db/retract [:x/key \"k\"] :x/n] {:db/id [:x/key \"k\"] :db/ensure :spec/both}]");
    db.transact("[[:db/retract [:x/key \"k\"] :x/n]]"); // not asked for
    db.transact("[[:db/add [:x/key \"k\"] :x/n 3] [:db/add [:x/key \"k\"] :db/ensure :spec/both]]");
  }

  @Test
  @Row({"S-12", "RB-01", "RF-05"})
  void ensure_entityPredicate_seesTheValueAfter() {
    db.transact("[{:x/key \"k\" :x/many [1 2 3]}]");
    db.transact("[{:x/key \"k\" :x/many 3 :db/ensure :spec/small}]");
    BitsException refusal =
        db.refused(DbError.ENTITY_PRED, "[{:x/key \"k\" :x/many 4 :db/ensure :spec/small}]");
    assertThat(refusal.data())
        .containsEntry("spec", Keyword.of(":spec/small"))
        .containsEntry("predicate", "test.preds/small?")
        .containsEntry("pred-return", 10L);
    db.refused(
        DbError.ENTITY_ATTR, "[{:x/key \"k\" :x/many 3 :db/ensure [:spec/small :spec/both]}]");
  }

  @Test
  @Row("T-58")
  void ensure_invariantOverTwoFunctions_isKeptOnlyByAnEntityPredicate() {
    db.transact("[{:x/key \"k\"} {:x/key \"l\"}]");
    String both = "[test.preds/approve [:x/key \"%1$s\"]] [test.preds/deny [:x/key \"%1$s\"]]";
    db.transact("[" + both.formatted("k") + "]");
    assertThat(db.values(List.of(":x/key", "k"), ":x/many")).containsExactly(1L, 2L);
    db.refused(
        DbError.ENTITY_PRED,
        "[" + both.formatted("l") + "{:db/id [:x/key \"l\"] :db/ensure :spec/open}]");
    db.transact(
        "[[test.preds/approve [:x/key \"l\"]] {:db/id [:x/key \"l\"] :db/ensure :spec/open}]");
  }

  @Test
  @Row("S-13")
  void ensure_whatIsNoSpecBefore_isRefused() {
    for (String form :
        List.of(
            "{:x/n 1 :db/ensure :x/n}",
            "{:db/id \"s\" :db.entity/attrs [:x/key]} {:x/n 1 :db/ensure \"s\"}")) {
      db.refused(DbError.NOT_A_SPEC, "[" + form + "]");
    }
    db.refused(DbError.NOT_AN_ENTITY, "[{:x/n 1 :db/ensure :spec/nope}]");
    db.transact("[{:x/key \"k\"}]");
    db.transact("[[:db/retract [:x/key \"k\"] :db/ensure :spec/both]]");
  }

  @Test
  void predicates_areNotAskedWhereTheTransactionIsRefusedAnyway() {
    var asked = new ArrayList<Object>();
    Functions.registerEntityPredicate("test.preds/asked", (_, e) -> asked.add(e));
    db.transact("[{:db/ident :spec/asked :db.entity/preds test.preds/asked}]");
    db.transact("[{:x/key \"k\"}]");
    db.refused(
        DbError.DATOMS_CONFLICT,
        "[{:db/id [:x/key \"k\"] :x/n 1 :db/ensure :spec/asked}"
            + " [:db/add [:x/key \"k\"] :x/n 2]]");
    assertThat(asked).isEmpty();
    db.transact("[{:db/id [:x/key \"k\"] :db/ensure :spec/asked}]");
    assertThat(asked).hasSize(1);
  }
}
