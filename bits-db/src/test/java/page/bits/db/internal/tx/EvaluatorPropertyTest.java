/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import page.bits.db.Partition;
import page.bits.db.internal.Seed;
import page.bits.db.internal.tx.NaiveEvaluation.Fact;
import page.bits.db.internal.tx.NaiveEvaluation.Outcome;
import page.bits.db.internal.tx.NaiveEvaluation.Step;
import page.bits.db.internal.tx.NaiveSchema.Property;
import page.bits.db.internal.value.DbValue;
import page.bits.edn.Symbol;
import page.bits.error.BitsException;

/// Random schemas and transactions over small domains, judged by the evaluator and by
/// [NaiveEvaluation]; at the end the database is asked about every t again.
final class EvaluatorPropertyTest {
  private static final int DATABASES = Integer.getInteger("bits.property.databases", 60);
  private static final int TRANSACTIONS = 60;

  private final Random random = Seed.random("EvaluatorPropertyTest");
  private final RandomTransactions transactions = new RandomTransactions(random);
  private int accepted;
  private int refused;

  /// One database and what the naive evaluation knows of it.
  private static final class World {
    private final TestDb db = new TestDb();
    private final Map<Long, Set<Fact>> factsByT = new LinkedHashMap<>();
    private final Map<Long, String> namesById = new HashMap<>();
    private NaiveSchema schema = new NaiveSchema(Map.of());
    private Set<Fact> facts = Set.of();
  }

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
    Functions.registerTx("test.property/increment", EvaluatorPropertyTest::increment);
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
    for (int i = 0; i < DATABASES; i++) {
      oneDatabase();
    }
    assertThat(accepted).isGreaterThan(DATABASES * 5);
    assertThat(refused).isGreaterThan(DATABASES * 5);
    Seed.counted(
        "transactions",
        "%d transactions on %d databases, each in several orders of its forms: %d committed, %d refused by both"
            .formatted(accepted + refused, DATABASES, accepted, refused));
  }

  private void oneDatabase() {
    var world = new World();
    install(world, transactions.schema());
    for (int i = 0; i < TRANSACTIONS; i++) {
      switch (random.nextInt(12)) {
        case 0 -> alter(world);
        case 1 -> {
          if (world.schema.attributes().size() < 11) {
            install(world, transactions.withComposite(world.schema));
          }
        }
        default -> transact(world);
      }
    }
    checkEveryT(world);
  }

  private static void install(World world, NaiveSchema schema) {
    var forms = new ArrayList<Object>();
    schema
        .attributes()
        .forEach(
            (a, property) -> {
              if (!world.schema.attributes().containsKey(a)) {
                forms.add(RandomTransactions.definition(a, property));
              }
            });
    if (world.schema.attributes().isEmpty()) {
      forms.add(
          Map.of(":db/ident", ":t.spec/few", ":db.entity/preds", Symbol.of("test.property/few?")));
      for (int i = 0; i < 4; i++) {
        forms.add(Map.of(":db/ident", ":t.spec/a" + i, ":db.entity/attrs", List.of(":t/a" + i)));
      }
    }
    world.db.transact(forms);
    schema
        .attributes()
        .keySet()
        .forEach(a -> world.namesById.put(world.db.attribute(":t/" + a).id(), a));
    world.schema = schema;
    remember(world);
  }

  private void alter(World world) {
    Map.Entry<String, Property> change = transactions.alteration(world.schema);
    String a = change.getKey();
    Property old = world.schema.of(a);
    Optional<NaiveSchema> expected = world.schema.altered(a, change.getValue(), world.facts);
    List<?> forms = RandomTransactions.alteration(a, old, change.getValue());
    String what = forms + " of " + old + " on " + world.facts;
    String refusal = refusal(world.db, forms);
    assertThat(refusal.isEmpty()).as(what + refusal).isEqualTo(expected.isPresent());
    if (expected.isPresent()) {
      world.db.transact(forms);
      world.schema = expected.get();
      remember(world);
    }
  }

  private void transact(World world) {
    List<Step> steps = transactions.steps(world.schema, world.facts);
    Optional<Outcome> expected = NaiveEvaluation.of(world.schema, world.facts, steps);
    for (int order = 0; order < 3; order++) {
      checkOrder(world, steps, expected);
      Collections.shuffle(steps, random);
    }
    if (expected.isPresent()) {
      world.db.transact(forms(steps));
      remember(world);
      accepted++;
    } else {
      refused++;
    }
  }

  private static void remember(World world) {
    world.facts = facts(world.db.source().held(), world);
    world.factsByT.put(world.db.source().basisT(), world.facts);
  }

  private static List<?> forms(List<Step> steps) {
    return steps.stream().map(RandomTransactions::form).toList();
  }

  private static String refusal(TestDb db, List<?> forms) {
    try {
      Evaluator.evaluate(db.context(), forms);
      return "";
    } catch (BitsException e) {
      return " " + e.getMessage();
    }
  }

  private static void checkOrder(World world, List<Step> steps, Optional<Outcome> expected) {
    List<?> forms = forms(steps);
    String refusal = refusal(world.db, forms);
    String what = forms + " on " + world.facts + " with " + world.schema + refusal;
    assertThat(refusal.isEmpty()).as(what).isEqualTo(expected.isPresent());
    if (expected.isPresent()) {
      Evaluated evaluated = Evaluator.evaluate(world.db.context(), forms);
      checkOutcome(world, evaluated, expected.get(), what);
      checkDatoms(world, evaluated, what);
    }
  }

  private static void checkOutcome(
      World world, Evaluated evaluated, Outcome expected, String what) {
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
    var after = world.db.source().with(evaluated.datoms(), evaluated.t());
    assertThat(facts(after.held(), world)).as(what).isEqualTo(facts);
  }

  private static Object id(Map<Object, Long> ids, Object value) {
    return switch (value) {
      case String tempid -> Objects.requireNonNull(ids.get(tempid));
      case List<?> slots -> {
        var values = new ArrayList<@Nullable Object>();
        slots.forEach(slot -> values.add(slot == null ? null : id(ids, slot)));
        yield values;
      }
      default -> value;
    };
  }

  /// Nothing redundant, nothing twice, the instant first.
  private static void checkDatoms(World world, Evaluated evaluated, String what) {
    List<Datom> datoms = evaluated.datoms().subList(1, evaluated.datoms().size());
    assertThat(new HashSet<>(datoms)).as(what).hasSameSizeAs(datoms);
    for (Datom datom : datoms) {
      var fact = facts(List.of(datom), world).iterator().next();
      assertThat(world.facts.contains(fact)).as(what).isEqualTo(!datom.added());
    }
  }

  /// Every moment of the index holds the facts that were seen then.
  private static void checkEveryT(World world) {
    world.factsByT.forEach(
        (t, facts) -> {
          Db moment = DbValue.moment(world.db.index(), t);
          var datoms = new ArrayList<Datom>();
          moment.datoms(Index.EAVT).forEach(datoms::add);
          assertThat(facts(datoms, world)).as("at t " + t).isEqualTo(facts);
        });
  }

  private static Set<Fact> facts(List<Datom> datoms, World world) {
    var facts = new HashSet<Fact>();
    for (Datom datom : datoms) {
      String a = world.namesById.get(datom.a());
      if (a != null) {
        facts.add(new Fact(datom.e(), a, datom.v()));
      }
    }
    return facts;
  }
}
