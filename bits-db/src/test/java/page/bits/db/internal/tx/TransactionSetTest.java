/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static page.bits.db.internal.tx.People.BOB;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.Datom;
import page.bits.db.DbError;
import page.bits.error.BitsException;

/// A transaction is a set of facts judged on what was before; functions built in.
final class TransactionSetTest {
  private final TestDb db = People.db();

  @Test
  @Row("T-35")
  void t35_newValueOfOne_retractsTheOld() {
    db.transact("[{:p/email \"ann\" :p/name \"B\"}]");

    Evaluated tx = db.transact("[{:p/email \"ann\" :p/name \"A\"}]");

    assertThat(tx.datoms()).extracting(Datom::added).containsExactly(true, false, true);
  }

  @Test
  @Row("T-36")
  void t36_whatIsSoAlready_isLeftOut() {
    db.transact("[{:p/email \"ann\" :p/name \"A\" :p/tag [\"x\"]}]");

    Evaluated tx =
        db.transact(
            "[{:p/email \"ann\" :p/name \"A\" :p/tag [\"x\"]}"
                + "[:db/retract [:p/email \"ann\"] :p/tag \"y\"]"
                + "[:db/add \"n\" :p/tag \"z\"] [:db/add \"n\" :p/tag \"z\"]]");

    assertThat(db.shown(tx)).containsExactly("+ :p/tag z");
  }

  @Test
  @Row("T-50")
  void t50_twoValuesOfOne_conflict() {
    db.transact("[{:p/email \"e\" :x/n 0}]");

    db.refused(DbError.DATOMS_CONFLICT, "[{:p/email \"e\" :x/n 0} {:p/email \"e\" :x/n 1}]");
    db.refused(DbError.DATOMS_CONFLICT, "[[:db/add \"n\" :x/n 0] [:db/add \"n\" :x/n 1]]");
  }

  @Test
  @Row("T-51")
  void t51_addAndRetractOfOneFact_conflictInEitherOrder() {
    db.transact("[{:p/email \"e\" :x/n 1 :p/tag \"x\"}]");
    String add = "[:db/add [:p/email \"e\"] :x/n 1]";
    String retract = "[:db/retract [:p/email \"e\"] :x/n 1]";

    db.refused(DbError.DATOMS_CONFLICT, "[" + add + retract + "]");
    db.refused(DbError.DATOMS_CONFLICT, "[" + retract + add + "]");
    db.refused(DbError.DATOMS_CONFLICT, "[[:db/add \"n\" :x/n 1] [:db/retract \"n\" :x/n 1]]");
    db.refused(
        DbError.DATOMS_CONFLICT,
        "[{:p/email \"e\" :p/tag [\"x\" \"y\"]} [:db/retract [:p/email \"e\"] :p/tag]]");
  }

  @Test
  @Row("T-54")
  void t54_casOfWhatAnotherFormWrites_fails() {
    db.transact("[{:p/email \"e\" :x/n 0}]");

    db.refused(DbError.CAS_FAILED, "[" + cas("0 1") + cas("1 2") + "]");
    db.refused(DbError.DATOMS_CONFLICT, "[" + cas("0 1") + cas("0 2") + "]");
    db.transact("[" + cas("0 1") + cas("0 1") + "]");
    assertThat(db.value(List.of(":p/email", "e"), ":x/n")).isEqualTo(1L);
  }

  private static String cas(String values) {
    return "[:db/cas [:p/email \"e\"] :x/n " + values + "]";
  }

  @Test
  @Row("T-57")
  void t57_uniqueKeyAndLookupRefInOneTransaction_isNotAnEntity() {
    db.refused(
        DbError.NOT_AN_ENTITY,
        "[{:db/id \"n\" :p/email \"new\"} [:db/add [:p/email \"new\"] :p/name \"N\"]]");
  }

  @Test
  @Row("T-30")
  void t30_orderOfForms_neverMatters() {
    db.transact("[{:p/email \"ann\" :p/badge 1 :p/tag [\"x\" \"y\"]} {:p/email \"bob\" :x/n 1}]");
    List<?> forms =
        TestDb.forms(
            "[[:db/retract [:p/email \"ann\"] :p/badge 1] [:db/add [:p/email \"bob\"] :p/badge 1]"
                + "[:db/cas [:p/email \"bob\"] :x/n 1 2] [:db/retract [:p/email \"ann\"] :p/tag]"
                + "{:p/email \"ann\" :p/name \"A\"}]");
    var reversed = new ArrayList<Object>(forms);
    Collections.reverse(reversed);

    assertThat(Evaluator.evaluate(db.context(), reversed))
        .isEqualTo(Evaluator.evaluate(db.context(), forms));
  }

  @Test
  @Row("T-40")
  void t40_retractEntity_takesComponentsAndInboundReferences() {
    db.transact(
        "[{:p/email \"ann\" :o/line [{:p/email \"l1\" :o/line [{:p/email \"l2\"}]}] :p/boss \"b\"}"
            + "{:db/id \"b\" :p/email \"bob\" :p/friend [{:p/email \"ann\"} {:p/email \"l2\"}]}]");

    Evaluated tx = db.transact("[[:db/retractEntity [:p/email \"ann\"]]]");

    assertThat(db.shown(tx))
        .contains("- :p/email ann", "- :p/email l1", "- :p/email l2")
        .doesNotContain("- :p/email bob");
    assertThat(db.values(BOB, ":p/friend")).isEmpty();
    assertThat(db.shown(db.transact("[[:db.fn/retractEntity [:p/email \"bob\"]]]")))
        .containsExactly("- :p/email bob");
  }

  @Test
  @Row("T-40")
  void t40_componentsInACircle_areRetractedOnce() {
    db.transact(
        "[{:db/id \"a\" :p/email \"ann\" :o/line \"b\"} {:db/id \"b\" :p/email \"bob\" :o/line \"a\"}]");

    Evaluated tx = db.transact("[[:db/retractEntity [:p/email \"ann\"]]]");

    assertThat(tx.datoms()).hasSize(5);
  }

  /// Each of many orders has the same component, and all of its facts are found with each.
  @Test
  void retractEntity_ofMoreFactsThanATransactionMayFind_isRefused() {
    List<Object> orders = new ArrayList<>();
    List<Object> retractions = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      orders.add(Map.of(":db/id", "order " + i, ":o/line", "line"));
      retractions.add("order " + i);
    }
    List<String> tags = IntStream.range(0, 5_000).mapToObj(i -> "tag " + i).toList();
    orders.add(Map.of(":db/id", "line", ":p/tag", tags));
    Evaluated tx = db.transact(orders);
    retractions.replaceAll(
        order -> List.of(":db/retractEntity", TestDb.id(tx, String.valueOf(order))));

    BitsException refusal = db.refused(DbError.TOO_LARGE, retractions);

    assertThat(refusal.data()).containsEntry("max", 2_000_000L);
    assertThat(db.transact(retractions.subList(0, 2)).datoms()).hasSizeGreaterThan(5_000);
  }

  @Test
  @Row("T-41")
  void t41_retractOfAComponentReference_leavesTheComponent() {
    db.transact("[{:p/email \"ann\" :o/line [{:p/email \"l1\"}]}]");

    Evaluated tx = db.transact("[[:db/retract [:p/email \"ann\"] :o/line [:p/email \"l1\"]]]");

    assertThat(tx.datoms()).hasSize(2);
    assertThat(db.value(List.of(":p/email", "l1"), ":p/email")).isEqualTo("l1");
  }

  @Test
  @Row("T-42")
  void t42_cas_comparesAndSets() {
    db.transact("[{:p/email \"e\"}]");
    db.transact("[" + cas("nil 1") + "]");
    db.refused(DbError.CAS_FAILED, "[" + cas("nil 2") + "]");
    BitsException refusal = db.refused(DbError.CAS_FAILED, "[" + cas("7 2") + "]");
    assertThat(refusal.data()).containsEntry("expected", 7L).containsEntry("found", 1L);
    db.transact("[[:db/cas [:p/email \"e\"] :x/flag nil false]]");
    db.transact("[[:db.fn/cas [:p/email \"e\"] :x/flag false true]]");
    db.transact("[[:db/cas [:p/email \"e\"] :p/boss nil \"b\"] {:db/id \"b\" :p/email \"bob\"}]");
    assertThat(db.value(List.of(":p/email", "e"), ":p/boss")).isEqualTo(db.id(BOB));
    db.transact("[[:db/cas [:p/email \"e\"] :p/boss [:p/email \"bob\"] [:p/email \"e\"]]]");

    db.refused(DbError.INVALID_CAS, "[[:db/cas [:p/email \"e\"] :p/tag \"x\" \"y\"]]");
    db.refused(DbError.NOT_AN_ENTITY, "[[:db/cas \"n\" :x/n nil 1] {:db/id \"n\" :x/n 1}]");
    db.refused(DbError.NIL_VALUE, "[" + cas("1 nil") + "]");
    db.refused(DbError.WRONG_TYPE_FOR_ATTRIBUTE, "[" + cas("1 \"x\"") + "]");
  }
}
