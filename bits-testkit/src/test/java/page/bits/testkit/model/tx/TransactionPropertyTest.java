/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Functions;
import page.bits.db.Index;
import page.bits.testkit.Property;
import page.bits.testkit.Seed;
import page.bits.testkit.model.tx.NaiveEvaluation.Fact;
import page.bits.testkit.model.tx.NaiveEvaluation.Outcome;
import page.bits.testkit.model.tx.NaiveEvaluation.Step;

/// Random schemas and transactions over small domains, judged by the database and by
/// [NaiveEvaluation]; at the end the database is asked about every t again.
///
/// `-Dtest.transactions=N` goes on until N were judged. A case that fails is made smaller.
final class TransactionPropertyTest {
  private static final int JUDGED = Integer.getInteger("test.transactions", 3_000);
  private static final int ACTS = 60;

  private int committed;
  private int refused;

  @BeforeAll
  static void register() {
    Functions.registerAttributePredicate("test.property/even?", n -> (Long) n % 2 == 0);
    Functions.registerEntityPredicate(
        "test.property/few?",
        (after, e) -> {
          int count = 0;
          for (Datom _ : after.datoms(Index.EAVT, e)) {
            count++;
          }
          return count <= 3;
        });
    Functions.registerTx("test.property/increment", TransactionPropertyTest::increment);
  }

  private static List<?> increment(Db before, List<@Nullable Object> arguments) {
    Object e = Objects.requireNonNull(arguments.get(0));
    String a = (String) Objects.requireNonNull(arguments.get(1));
    long sum = 0;
    for (Datom datom : before.datoms(Index.EAVT, before.entid(e).orElseThrow(), a)) {
      sum += (Long) datom.v();
    }
    return List.of(List.of(":db/add", e, a, sum + 2));
  }

  @Test
  @Row({"T-30", "T-31", "T-34", "T-35", "T-36", "S-41", "S-42", "RF-01", "RF-03", "RF-04"})
  void t30_randomSchemasAndTransactions_agreeWithTheNaiveEvaluationInAnyOrder() {
    long seed = Seed.of("TransactionPropertyTest");
    var random = new Random(seed);
    int databases = 0;
    for (; committed + refused < JUDGED; databases++) {
      oneDatabase(seed, random, NaiveEvaluation::of);
    }
    assertThat(committed).isGreaterThan(JUDGED / 2);
    assertThat(refused).isGreaterThan(JUDGED / 10);
    Seed.counted(
        "transactions",
        "%d transactions on %d databases, each in several orders of its forms: %d committed, %d refused by both"
            .formatted(committed + refused, databases, committed, refused));
  }

  @Test
  void wrongModel_isFoundAndShrinksToTheTransactionThatShowsIt() {
    AssertionError failure =
        catchThrowableOfType(
            AssertionError.class,
            () -> {
              for (long seed = 1; seed < 20; seed++) {
                oneDatabase(seed, new Random(seed), TransactionPropertyTest::withoutRetractions);
              }
            });
    assertThat(failure).isNotNull();
    List<String> shown = String.valueOf(failure.getMessage()).lines().limit(5).toList();
    assertThat(shown.get(0)).contains("-Dtest.seed=");
    assertThat(shown.get(1)).startsWith("{:install {\"a").hasSizeLessThan(80);
    assertThat(shown.get(2)).startsWith("{:tx [[\"add\" \"t").doesNotContain("] [");
    assertThat(shown.get(3)).startsWith("{:tx [[\"retract").doesNotContain("] [");
    assertThat(shown.get(4)).doesNotStartWith("{:");
  }

  /// A model that forgets what `:db/retract` takes away.
  private static Optional<Outcome> withoutRetractions(
      NaiveSchema schema, Set<Fact> facts, List<Step> steps) {
    return NaiveEvaluation.of(schema, facts, steps)
        .map(
            outcome -> {
              var kept = new HashSet<>(outcome.facts());
              for (Step step : steps) {
                facts.stream()
                    .filter(fact -> step.op().startsWith("retract") && fact.e().equals(step.e()))
                    .forEach(kept::add);
              }
              return new Outcome(kept, outcome.tempids());
            });
  }

  private void oneDatabase(long seed, Random random, World.Judgement judgement) {
    var acts = new ArrayList<>();
    try (var world = new World(judgement)) {
      var transactions = new RandomTransactions(random);
      for (int i = 0; i < ACTS; i++) {
        Act act = transactions.act(world);
        acts.add(act.toEdn());
        world.play(act);
      }
      world.checkEveryT();
      committed += world.committed();
      refused += world.refused();
    } catch (AssertionError | RuntimeException failure) {
      new Property("TransactionPropertyTest", seed, edn -> replay((List<?>) edn, judgement))
          .check(acts);
      throw failure; // not shown again by the same acts
    }
  }

  private static void replay(List<?> acts, World.Judgement judgement) {
    try (var world = new World(judgement)) {
      acts.forEach(act -> world.play(Act.of(Objects.requireNonNull(act))));
      world.checkEveryT();
    }
  }
}
