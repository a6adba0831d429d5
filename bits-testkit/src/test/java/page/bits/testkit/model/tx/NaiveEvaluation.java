/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model.tx;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import page.bits.testkit.model.tx.NaiveSchema.Property;

/// The obvious evaluation of transactions, kept to check the real one: definitions written out as
/// loops over small sets.
///
/// Entities that exist are `Long`, tempids are `String`, lookup refs [Lookup].
final class NaiveEvaluation {
  record Fact(Object e, String a, Object v) {}

  record Lookup(String a, Object v) {}

  /// `add`, `retract`, `retractAll` (v is null), `cas` (with what is expected), `retractEntity` (of
  /// e alone), `increment` (a function: the value of a before, plus 2), `ensure` (a is `has` with
  /// the attribute v, or `few`: no more than 3 facts).
  record Step(String op, Object e, String a, @Nullable Object v, @Nullable Object expected) {}

  /// The facts after an accepted transaction, where what is new is a `String`, one for each new
  /// entity; and what each tempid became.
  record Outcome(Set<Fact> facts, TreeMap<String, Object> tempids) {}

  private final NaiveSchema schema;
  private final Set<Fact> before;
  private final List<Step> steps;
  private final List<Object> nodes = new ArrayList<>();
  private final Set<Fact> added = new HashSet<>();
  private final Set<Fact> retracted = new HashSet<>();
  private final Set<List<Object>> ensured = new HashSet<>();
  private TreeMap<String, Object> names = new TreeMap<>();

  private NaiveEvaluation(NaiveSchema schema, Set<Fact> before, List<Step> steps) {
    this.schema = schema;
    this.before = before;
    this.steps = steps;
  }

  /// Empty when the transaction is refused.
  static Optional<Outcome> of(NaiveSchema schema, Set<Fact> before, List<Step> steps) {
    var known = new ArrayList<Step>();
    for (Step step : steps) {
      Object e = found(before, step.e());
      Object v = found(before, step.v());
      if (e == null && step.op().equals("retractEntity")) {
        continue;
      }
      if (e == null || (v == null && step.v() != null)) {
        return Optional.empty(); // a lookup ref that nobody holds
      }
      known.add(new Step(step.op(), e, step.a(), v, step.expected()));
    }
    return new NaiveEvaluation(schema, before, known).evaluate();
  }

  private static @Nullable Object found(Set<Fact> before, @Nullable Object entity) {
    if (!(entity instanceof Lookup(String a, Object v))) {
      return entity;
    }
    for (Fact fact : before) {
      if (fact.a().equals(a) && fact.v().equals(v)) {
        return fact.e();
      }
    }
    return null;
  }

  private Optional<Outcome> evaluate() {
    collectNodes();
    boolean[][] same = sameEntities();
    for (int i = 0; i < nodes.size(); i++) {
      Object representative = null;
      for (int j = 0; j < nodes.size(); j++) {
        if (same[i][j] && nodes.get(j) instanceof Long known) {
          if (representative != null && !representative.equals(known)) {
            return Optional.empty(); // one entity with two ids
          }
          representative = known;
        }
      }
      for (int j = 0; representative == null && j < nodes.size(); j++) {
        representative = same[i][j] ? nodes.get(j) : null; // the first of its class
      }
      if (nodes.get(i) instanceof String tempid && representative != null) {
        names.put(tempid, representative);
      }
    }
    for (Object name : names.values()) {
      if (name instanceof String && !isAsserted(name)) {
        return Optional.empty(); // nothing is said of it
      }
    }
    return collectClaims() ? after().map(facts -> new Outcome(facts, names)) : Optional.empty();
  }

  // Which entities are one

  private void collectNodes() {
    var all = new HashSet<Object>();
    before.forEach(fact -> collect(all, fact.e(), fact.a(), fact.v()));
    steps.forEach(step -> collect(all, step.e(), step.a(), step.v()));
    nodes.addAll(all);
    nodes.sort(Comparator.comparing(Object::toString));
  }

  private void collect(Set<Object> all, Object e, String a, @Nullable Object v) {
    all.add(e);
    Property property = schema.attributes().get(a);
    if (property == null || v == null) {
      return;
    }
    if (property.isRef()) {
      all.add(v);
    }
    for (int i = 0; i < property.members().size(); i++) {
      Object slot = ((List<?>) v).get(i);
      if (slot != null && schema.of(property.members().get(i)).isRef()) {
        all.add(slot);
      }
    }
  }

  private boolean[][] sameEntities() {
    boolean[][] same = new boolean[nodes.size()][nodes.size()];
    for (int i = 0; i < nodes.size(); i++) {
      same[i][i] = true;
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Step x : steps) {
        if (!isClaim(x)) {
          continue;
        }
        for (Fact held : before) {
          if (held.a().equals(x.a()) && isSameValue(same, x.a(), held.v(), x.v())) {
            changed |= join(same, node(x.e()), node(held.e()));
          }
        }
        for (Step y : steps) {
          if (isClaim(y) && x.a().equals(y.a()) && isSameValue(same, x.a(), x.v(), y.v())) {
            changed |= join(same, node(x.e()), node(y.e()));
          }
        }
      }
    }
    return same;
  }

  private boolean isClaim(Step step) {
    boolean isSaid = step.op().equals("add") || step.op().equals("retract");
    return isSaid && schema.isIdentity(step.a()) && step.e() instanceof String;
  }

  private boolean isSameValue(boolean[][] same, String a, @Nullable Object x, @Nullable Object y) {
    if (x == null || y == null) {
      return x == null && y == null;
    }
    Property property = schema.of(a);
    for (int i = 0; i < property.members().size(); i++) {
      String member = property.members().get(i);
      if (!isSameValue(same, member, ((List<?>) x).get(i), ((List<?>) y).get(i))) {
        return false;
      }
    }
    return property.isComposite()
        || (property.isRef() ? same[node(x)][node(y)] : Objects.equals(x, y));
  }

  private int node(Object entity) {
    return nodes.indexOf(entity);
  }

  private static boolean join(boolean[][] same, int i, int j) {
    boolean changed = !same[i][j];
    same[i][j] = true;
    same[j][i] = true;
    for (int k = 0; k < same.length; k++) {
      for (int x = 0; x < same.length; x++) {
        for (int y = 0; y < same.length; y++) {
          same[x][y] |= same[x][k] && same[k][y];
        }
      }
    }
    return changed;
  }

  private boolean isAsserted(Object name) {
    for (Step step : steps) {
      if (List.of("add", "retract", "ensure").contains(step.op())
          && step.e() instanceof String tempid
          && name.equals(names.get(tempid))) {
        return true;
      }
    }
    return false;
  }

  private Object resolved(Object entity) {
    return entity instanceof String tempid ? requireNonNull(names.get(tempid)) : entity;
  }

  private Object resolvedValue(String a, Object v) {
    Property property = schema.of(a);
    if (!property.isComposite()) {
      return property.isRef() ? resolved(v) : v;
    }
    var slots = new ArrayList<@Nullable Object>();
    for (int i = 0; i < property.members().size(); i++) {
      Object slot = ((List<?>) v).get(i);
      slots.add(slot == null ? null : resolvedValue(property.members().get(i), slot));
    }
    return slots;
  }

  // What forms say

  /// False when a function refuses.
  private boolean collectClaims() {
    for (Step step : steps) {
      Object e = resolved(step.e());
      switch (step.op()) {
        case "add" -> added.add(fact(e, step));
        case "retract" -> retracted.add(fact(e, step));
        case "retractAll" -> retracted.addAll(current(e, step.a()));
        case "retractEntity" -> retractEntity(e, new HashSet<>());
        case "increment" -> {
          long n = current(e, step.a()).stream().mapToLong(fact -> (Long) fact.v()).sum();
          added.add(new Fact(e, step.a(), n + 2));
        }
        case "ensure" -> ensured.add(List.of(e, step.a(), requireNonNull(step.v())));
        case "cas" -> {
          Set<Fact> current = current(e, step.a());
          boolean isExpected =
              step.expected() == null
                  ? current.isEmpty()
                  : current.contains(new Fact(e, step.a(), step.expected()));
          if (!isExpected || schema.of(step.a()).isMany()) {
            return false;
          }
          added.add(fact(e, step));
        }
        default -> throw new AssertionError(step);
      }
    }
    return true;
  }

  private Fact fact(Object e, Step step) {
    return new Fact(e, step.a(), resolvedValue(step.a(), requireNonNull(step.v())));
  }

  private Set<Fact> current(Object e, String a) {
    var current = new HashSet<Fact>();
    for (Fact fact : before) {
      if (fact.e().equals(e) && fact.a().equals(a)) {
        current.add(fact);
      }
    }
    return current;
  }

  private void retractEntity(Object e, Set<Object> seen) {
    if (!seen.add(e)) {
      return;
    }
    for (Fact fact : before) {
      if (fact.e().equals(e)) {
        retracted.add(fact);
        if (schema.of(fact.a()).isComponent()) {
          retractEntity(fact.v(), seen);
        }
      }
      if (schema.of(fact.a()).isRef() && fact.v().equals(e)) {
        retracted.add(fact);
      }
    }
  }

  // What holds afterwards

  private Optional<Set<Fact>> after() {
    var after = new HashSet<>(before);
    after.removeAll(retracted);
    for (Fact fact : added) {
      Property property = schema.of(fact.a());
      if (property.isComposite()) {
        continue;
      }
      if (retracted.contains(fact) || (property.isEven() && (Long) fact.v() % 2 != 0)) {
        return Optional.empty();
      }
      if (!property.isMany()) {
        after.removeIf(old -> old.e().equals(fact.e()) && old.a().equals(fact.a()));
      }
    }
    for (Fact fact : added) {
      if (!schema.of(fact.a()).isComposite()) {
        after.add(fact);
      }
    }
    if (hasTwoOfOne(after) || !areCompositesTrue(after) || hasTwoHolders(after)) {
      return Optional.empty();
    }
    return ensured.stream().allMatch(spec -> isSatisfied(spec, after))
        ? Optional.of(after)
        : Optional.empty();
  }

  private boolean hasTwoOfOne(Set<Fact> after) {
    return after.stream()
        .anyMatch(
            x ->
                !schema.of(x.a()).isMany()
                    && after.stream()
                        .anyMatch(y -> !x.equals(y) && x.a().equals(y.a()) && x.e().equals(y.e())));
  }

  private boolean hasTwoHolders(Set<Fact> after) {
    return after.stream()
        .anyMatch(
            x ->
                schema.of(x.a()).isUnique()
                    && after.stream()
                        .anyMatch(y -> !x.equals(y) && x.a().equals(y.a()) && x.v().equals(y.v())));
  }

  /// Makes every composite of which a member is spoken of; false when a form says something of one
  /// that is not so.
  private boolean areCompositesTrue(Set<Fact> after) {
    after.addAll(
        before.stream()
            .filter(fact -> schema.of(fact.a()).isComposite())
            .toList()); // whatever forms retract
    var said = new HashSet<>(added);
    said.addAll(retracted);
    for (Fact claim : said) {
      for (String composite : schema.compositesWith(claim.a())) {
        after.removeIf(fact -> fact.e().equals(claim.e()) && fact.a().equals(composite));
        List<@Nullable Object> slots = slots(claim.e(), schema.of(composite), after);
        if (slots.stream().anyMatch(Objects::nonNull)) {
          after.add(new Fact(claim.e(), composite, slots));
        }
      }
    }
    return said.stream()
        .filter(claim -> schema.of(claim.a()).isComposite())
        .allMatch(
            claim ->
                !(added.contains(claim) && !after.contains(claim))
                    && !(retracted.contains(claim) && after.contains(claim)));
  }

  private static List<@Nullable Object> slots(Object e, Property composite, Set<Fact> after) {
    var slots = new ArrayList<@Nullable Object>();
    for (String member : composite.members()) {
      Object value = null;
      for (Fact fact : after) {
        value = fact.e().equals(e) && fact.a().equals(member) ? fact.v() : value;
      }
      slots.add(value);
    }
    return Collections.unmodifiableList(slots);
  }

  private static boolean isSatisfied(List<Object> spec, Set<Fact> after) {
    Object e = spec.get(0);
    long facts = after.stream().filter(fact -> fact.e().equals(e)).count();
    return spec.get(1).equals("few")
        ? facts <= 3
        : after.stream().anyMatch(fact -> fact.e().equals(e) && fact.a().equals(spec.get(2)));
  }
}
