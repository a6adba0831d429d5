/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import page.bits.db.Datom;
import page.bits.db.Partition;
import page.bits.db.internal.Seed;
import page.bits.db.internal.tx.NaiveEvaluation.Fact;
import page.bits.db.internal.tx.NaiveEvaluation.Outcome;
import page.bits.db.internal.tx.NaiveEvaluation.Step;
import page.bits.error.BitsException;

/// Random transactions over small domains, judged by the evaluator and by [NaiveEvaluation].
class EvaluatorPropertyTest {
  private static final int DATABASES = 60;
  private static final int TRANSACTIONS = 60;
  private static final List<String> ATTRIBUTES =
      List.of("one", "many", "value", "id", "ref", "ids");
  private static final String SCHEMA =
      """
      [{:db/ident :t/one :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
       {:db/ident :t/many :db/valueType :db.type/long :db/cardinality :db.cardinality/many}
       {:db/ident :t/value :db/valueType :db.type/long :db/cardinality :db.cardinality/one
        :db/unique :db.unique/value}
       {:db/ident :t/id :db/valueType :db.type/long :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :t/ids :db/valueType :db.type/long :db/cardinality :db.cardinality/many
        :db/unique :db.unique/identity}
       {:db/ident :t/ref :db/valueType :db.type/ref :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}]
      """;

  private final Random random = Seed.random("EvaluatorPropertyTest");
  private int accepted;
  private int refused;

  @Test
  void t30_randomTransactions_agreeWithTheNaiveEvaluationInAnyOrder() {
    for (int i = 0; i < DATABASES; i++) {
      oneDatabase();
    }
    assertThat(accepted).isGreaterThan(DATABASES * 5);
    assertThat(refused).isGreaterThan(DATABASES * 5);
  }

  private void oneDatabase() {
    TestDb db = TestDb.with(SCHEMA);
    var facts = new HashSet<Fact>();
    for (int i = 0; i < TRANSACTIONS; i++) {
      List<Step> steps = steps(facts);
      Optional<Outcome> expected = NaiveEvaluation.of(facts, steps);
      for (int order = 0; order < 3; order++) {
        checkOrder(db, facts, steps, expected);
        Collections.shuffle(steps, random);
      }
      if (expected.isPresent()) {
        db.transact(steps.stream().map(EvaluatorPropertyTest::form).toList());
        facts.clear();
        facts.addAll(facts(db.source().held(), db));
        accepted++;
      } else {
        refused++;
      }
    }
  }

  private static void checkOrder(
      TestDb db, Set<Fact> before, List<Step> steps, Optional<Outcome> expected) {
    List<?> forms = steps.stream().map(EvaluatorPropertyTest::form).toList();
    Evaluated evaluated = null;
    String refusal = "";
    try {
      evaluated = Evaluator.evaluate(db.context(), forms);
    } catch (BitsException e) {
      refusal = e.getMessage();
    }
    String what = forms + " on " + before + " " + refusal;
    assertThat(evaluated != null).as(what).isEqualTo(expected.isPresent());
    if (evaluated != null && expected.isPresent()) {
      checkOutcome(db, evaluated, expected.get(), what);
      checkDatoms(before, evaluated, db, what);
    }
  }

  private static void checkOutcome(TestDb db, Evaluated evaluated, Outcome expected, String what) {
    Map<Object, Long> ids = new HashMap<>(); // what each new entity of the naive outcome became
    expected
        .tempids()
        .forEach(
            (tempid, entity) -> {
              long id = TestDb.id(evaluated, tempid);
              Long other = ids.putIfAbsent(entity, id);
              assertThat(other == null || other == id).as(what).isTrue();
              if (entity instanceof Long known) {
                assertThat(id).as(what).isEqualTo(known);
              } else {
                assertThat(Partition.counter(id)).as(what).isGreaterThan(evaluated.t());
              }
            });
    assertThat(new HashSet<>(ids.values())).as(what).hasSameSizeAs(ids.keySet());
    var facts = new HashSet<Fact>();
    for (Fact fact : expected.facts()) {
      facts.add(new Fact(id(ids, fact.e()), fact.a(), id(ids, fact.v())));
    }
    var after = db.source().with(evaluated.datoms(), evaluated.t());
    assertThat(facts(after.held(), db)).as(what).isEqualTo(facts);
  }

  private static Object id(Map<Object, Long> ids, Object entity) {
    return entity instanceof String ? Objects.requireNonNull(ids.get(entity)) : entity;
  }

  /// Nothing redundant, nothing twice, the instant first.
  private static void checkDatoms(Set<Fact> before, Evaluated evaluated, TestDb db, String what) {
    List<Datom> datoms = evaluated.datoms().subList(1, evaluated.datoms().size());
    assertThat(new HashSet<>(datoms)).as(what).hasSameSizeAs(datoms);
    for (Datom datom : datoms) {
      var fact = facts(List.of(datom), db).iterator().next();
      assertThat(before.contains(fact)).as(what).isEqualTo(!datom.added());
    }
  }

  private static Set<Fact> facts(List<Datom> datoms, TestDb db) {
    var facts = new HashSet<Fact>();
    for (Datom datom : datoms) {
      var a = db.source().schema().attribute(datom.a()).orElseThrow().ident();
      if (a.namespace().equals(Optional.of("t"))) {
        facts.add(new Fact(datom.e(), a.name(), datom.v()));
      }
    }
    return facts;
  }

  private static List<@Nullable Object> form(Step step) {
    String a = ":t/" + step.a();
    return switch (step.op()) {
      case "cas" -> Arrays.asList(":db/cas", step.e(), a, step.expected(), step.v());
      case "retractAll" -> Arrays.asList(":db/retract", step.e(), a);
      default -> Arrays.asList(":db/" + step.op(), step.e(), a, step.v());
    };
  }

  private List<Step> steps(Set<Fact> facts) {
    List<Object> known = new ArrayList<>(new HashSet<>(facts.stream().map(Fact::e).toList()));
    known.sort(java.util.Comparator.comparing(Object::toString));
    var steps = new ArrayList<Step>();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      steps.add(step(known));
    }
    return steps;
  }

  private Step step(List<Object> known) {
    int kind = random.nextInt(10);
    if (kind == 0 && !known.isEmpty()) {
      Object expected = random.nextInt(3) == 0 ? null : value();
      return new Step("cas", any(known), "one", value(), expected);
    }
    String a = ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size()));
    Object e = entity(known);
    if (kind == 1) {
      return new Step("retractAll", e, a, null, null);
    }
    Object v = a.equals("ref") ? entity(known) : value();
    return new Step(kind < 4 ? "retract" : "add", e, a, v, null);
  }

  private Object entity(List<Object> known) {
    return known.isEmpty() || random.nextInt(5) < 3 ? "t" + random.nextInt(4) : any(known);
  }

  private Object any(List<Object> known) {
    return known.get(random.nextInt(known.size()));
  }

  private Object value() {
    return (long) random.nextInt(4);
  }
}
