/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Index;
import page.bits.db.Partition;
import page.bits.db.TxReport;
import page.bits.edn.Symbol;
import page.bits.error.BitsException;
import page.bits.testkit.model.tx.NaiveEvaluation.Fact;
import page.bits.testkit.model.tx.NaiveEvaluation.Outcome;
import page.bits.testkit.model.tx.NaiveEvaluation.Step;
import page.bits.testkit.model.tx.NaiveSchema.Property;

/// One database and what a naive evaluation knows of it: acts are done to both and compared.
/// Confined to one thread.
final class World implements AutoCloseable {
  /// What the facts after a transaction should be; empty when it should be refused.
  interface Judgement {
    Optional<Outcome> of(NaiveSchema schema, Set<Fact> facts, List<Step> steps);
  }

  private static final AtomicLong NUMBER = new AtomicLong();

  /// Numbers above are entities, those below values.
  private static final long VALUE_MAX = 1_000;

  private final Judgement judgement;
  private final String uri = "bits:mem:" + World.class.getName() + NUMBER.incrementAndGet();
  private final Connection connection = Bits.connect(uri);
  private final Map<Long, Set<Fact>> factsByT = new LinkedHashMap<>();
  private final Map<Long, String> attributes = new HashMap<>();
  private final Map<Long, Symbol> names = new HashMap<>();
  private final Map<Symbol, Long> ids = new HashMap<>();
  private NaiveSchema schema = new NaiveSchema(Map.of());
  private Set<Fact> facts = Set.of();
  private int committed;
  private int refused;

  World(Judgement judgement) {
    this.judgement = judgement;
  }

  NaiveSchema schema() {
    return schema;
  }

  Set<Fact> facts() {
    return facts;
  }

  int committed() {
    return committed;
  }

  int refused() {
    return refused;
  }

  @Override
  public void close() {
    connection.close();
    Bits.delete(uri);
  }

  /// These steps, with names for the entities.
  Act.Transact act(List<Step> steps) {
    return new Act.Transact(
        connection.db().basisT(),
        steps.stream().map(step -> Act.renamed(step, this::named)).toList());
  }

  private Object named(Object value) {
    return value instanceof Long id && id > VALUE_MAX
        ? Objects.requireNonNull(names.get(id))
        : value;
  }

  /// Does it to both; an [AssertionError] when they differ.
  void play(Act act) {
    switch (act) {
      case Act.Install(var more) -> install(more);
      case Act.Alter(String a, int kind) -> alter(a, kind);
      case Act.Transact(long n, var steps) -> transact(n, known(steps));
    }
  }

  private void install(Map<String, Property> more) {
    var forms = new ArrayList<Object>();
    more.forEach((a, property) -> forms.add(RandomTransactions.definition(a, property)));
    if (schema.attributes().isEmpty()) {
      forms.addAll(RandomTransactions.specs());
    }
    connection.transact(forms);
    for (Map.Entry<String, Property> entry : more.entrySet()) {
      String a = entry.getKey();
      attributes.put(connection.db().entid(":t/" + a).orElseThrow(), a);
      schema = schema.with(a, entry.getValue());
    }
    remember();
  }

  private void alter(String a, int kind) {
    Property old = schema.of(a);
    Property now = RandomTransactions.changed(old, kind);
    Optional<NaiveSchema> expected = schema.altered(a, now, facts);
    List<?> forms = RandomTransactions.alteration(a, old, now);
    String refusal = refusal(forms);
    assertThat(refusal.isEmpty())
        .as(forms + " of " + old + " on " + facts + refusal)
        .isEqualTo(expected.isPresent());
    if (expected.isPresent()) {
      connection.transact(forms);
      schema = expected.get();
      remember();
    }
  }

  /// The steps of which every entity exists.
  private List<Step> known(List<Step> steps) {
    var known = new ArrayList<Step>();
    for (Step step : steps) {
      try {
        known.add(Act.renamed(step, this::identified));
      } catch (NoSuchElementException _) { // what made the entity was deleted from the case
        assertThat(schema.attributes()).isNotNull();
      }
    }
    return known;
  }

  private Object identified(Object value) {
    return value instanceof Symbol name ? Optional.ofNullable(ids.get(name)).orElseThrow() : value;
  }

  private void transact(long n, List<Step> steps) {
    Optional<Outcome> expected = judgement.of(schema, facts, steps);
    var order = new ArrayList<>(steps);
    for (int i = 0; i < 3; i++) {
      checkOrder(order, expected);
      Collections.shuffle(order, new Random(i));
    }
    if (expected.isEmpty()) {
      refused++;
      return;
    }
    TxReport report = connection.transact(forms(order));
    report
        .tempids()
        .forEach(
            (tempid, id) -> {
              Symbol name = Act.name(tempid, n);
              ids.put(name, id);
              names.putIfAbsent(id, name);
            });
    remember();
    committed++;
  }

  private void remember() {
    Db db = connection.db();
    facts = facts(db.datoms(Index.EAVT));
    factsByT.put(db.basisT(), facts);
  }

  private static List<?> forms(List<Step> steps) {
    return steps.stream().map(RandomTransactions::form).toList();
  }

  private String refusal(List<?> forms) {
    try {
      connection.db().with(forms);
      return "";
    } catch (BitsException e) {
      return " " + e.getMessage();
    }
  }

  private void checkOrder(List<Step> steps, Optional<Outcome> expected) {
    List<?> forms = forms(steps);
    String refusal = refusal(forms);
    String what = forms + " on " + facts + " with " + schema + refusal;
    assertThat(refusal.isEmpty()).as(what).isEqualTo(expected.isPresent());
    if (expected.isPresent()) {
      TxReport report = connection.db().with(forms);
      checkOutcome(report, expected.get(), what);
      checkDatoms(report, what);
    }
  }

  private void checkOutcome(TxReport report, Outcome expected, String what) {
    Map<Object, Long> made = new HashMap<>(); // what each new entity of the naive outcome became
    expected
        .tempids()
        .forEach(
            (tempid, entity) -> {
              long id = Objects.requireNonNull(report.tempids().get(tempid));
              Long other = made.putIfAbsent(entity, id);
              assertThat(other == null || other == id).as(what).isTrue();
              if (entity instanceof Long known) {
                assertThat(id).as(what).isEqualTo(known);
              } else {
                assertThat(Partition.counter(id)).as(what).isGreaterThan(report.t());
              }
            });
    assertThat(new HashSet<>(made.values())).as(what).hasSameSizeAs(made.keySet());
    var after = new HashSet<Fact>();
    for (Fact fact : expected.facts()) {
      after.add(new Fact(id(made, fact.e()), fact.a(), id(made, fact.v())));
    }
    assertThat(facts(report.dbAfter().datoms(Index.EAVT))).as(what).isEqualTo(after);
  }

  private static Object id(Map<Object, Long> made, Object value) {
    return switch (value) {
      case String tempid -> Objects.requireNonNull(made.get(tempid));
      case List<?> slots -> {
        var values = new ArrayList<@Nullable Object>();
        slots.forEach(slot -> values.add(slot == null ? null : id(made, slot)));
        yield values;
      }
      default -> value;
    };
  }

  /// Nothing redundant, nothing twice, the instant first.
  private void checkDatoms(TxReport report, String what) {
    List<Datom> datoms = report.txData().subList(1, report.txData().size());
    assertThat(new HashSet<>(datoms)).as(what).hasSameSizeAs(datoms);
    for (Datom datom : datoms) {
      Fact fact = facts(List.of(datom)).iterator().next();
      assertThat(facts.contains(fact)).as(what).isEqualTo(!datom.added());
    }
  }

  /// Every moment holds the facts that were seen then.
  void checkEveryT() {
    Db db = connection.db();
    factsByT.forEach(
        (t, then) ->
            assertThat(facts(db.asOf(t).datoms(Index.EAVT))).as("at t " + t).isEqualTo(then));
  }

  private Set<Fact> facts(Iterable<Datom> datoms) {
    var found = new HashSet<Fact>();
    for (Datom datom : datoms) {
      String a = attributes.get(datom.a());
      if (a != null) {
        found.add(new Fact(datom.e(), a, datom.v()));
      }
    }
    return found;
  }
}
