/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The obvious evaluation of restricted transactions, kept to check the real one: definitions
/// written out as loops over small sets.
///
/// Entities that exist are `Long`, tempids are `String`. Attributes are `one`, `many`, `value`
/// (unique value), `id` (unique identity), `ref` (identity of references), `ids` (identity of
/// cardinality many).
final class NaiveEvaluation {
  record Fact(Object e, String a, Object v) {}

  /// `add`, `retract`, `retractAll` (v is null) or `cas` (of `one`, with what is expected).
  record Step(String op, Object e, String a, @Nullable Object v, @Nullable Object expected) {}

  /// The facts after an accepted transaction, where what is new is a `String`, one for each new
  /// entity; and what each tempid became.
  record Outcome(Set<Fact> facts, TreeMap<String, Object> tempids) {}

  private final Set<Fact> before;
  private final List<Step> steps;
  private final List<Object> nodes = new ArrayList<>();

  private NaiveEvaluation(Set<Fact> before, List<Step> steps) {
    this.before = before;
    this.steps = steps;
  }

  /// Empty when the transaction is refused.
  static Optional<Outcome> of(Set<Fact> before, List<Step> steps) {
    return new NaiveEvaluation(before, steps).evaluate();
  }

  private static boolean isOne(String a) {
    return a.equals("one") || a.equals("value") || a.equals("id") || a.equals("ref");
  }

  private static boolean isIdentity(String a) {
    return a.equals("id") || a.equals("ref") || a.equals("ids");
  }

  private static boolean isUnique(String a) {
    return isIdentity(a) || a.equals("value");
  }

  private Optional<Outcome> evaluate() {
    collectNodes();
    boolean[][] same = sameEntities();
    var names = new TreeMap<String, Object>();
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
      if (name instanceof String && !isAsserted(name, names)) {
        return Optional.empty(); // nothing is said of it
      }
    }
    return facts(names).map(facts -> new Outcome(facts, names));
  }

  private void collectNodes() {
    var all = new HashSet<Object>();
    for (Fact fact : before) {
      all.add(fact.e());
      if (fact.a().equals("ref")) {
        all.add(fact.v());
      }
    }
    for (Step step : steps) {
      all.add(step.e());
      if (step.a().equals("ref") && step.v() != null) {
        all.add(step.v());
      }
    }
    nodes.addAll(all);
    nodes.sort(java.util.Comparator.comparing(Object::toString));
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

  private static boolean isClaim(Step step) {
    return step.op().equals("add") && isIdentity(step.a()) && step.e() instanceof String;
  }

  private boolean isSameValue(boolean[][] same, String a, @Nullable Object x, @Nullable Object y) {
    if (a.equals("ref") && x != null && y != null) {
      return same[node(x)][node(y)];
    }
    return java.util.Objects.equals(x, y);
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

  private boolean isAsserted(Object name, TreeMap<String, Object> names) {
    for (Step step : steps) {
      if (step.op().equals("add")
          && step.e() instanceof String tempid
          && name.equals(names.get(tempid))) {
        return true;
      }
    }
    return false;
  }

  private static Object resolved(Object entity, TreeMap<String, Object> names) {
    return entity instanceof String tempid
        ? java.util.Objects.requireNonNull(names.get(tempid))
        : entity;
  }

  private Optional<Set<Fact>> facts(TreeMap<String, Object> names) {
    var added = new HashSet<Fact>();
    var retracted = new HashSet<Fact>();
    for (Step step : steps) {
      Object e = resolved(step.e(), names);
      switch (step.op()) {
        case "add" -> added.add(fact(e, step, names));
        case "retract" -> retracted.add(fact(e, step, names));
        case "retractAll" -> retracted.addAll(current(e, step.a()));
        case "cas" -> {
          Set<Fact> current = current(e, step.a());
          boolean isExpected =
              step.expected() == null
                  ? current.isEmpty()
                  : current.contains(new Fact(e, step.a(), step.expected()));
          if (!isExpected) {
            return Optional.empty();
          }
          added.add(fact(e, step, names));
        }
        default -> throw new AssertionError(step);
      }
    }
    return after(added, retracted);
  }

  private static Fact fact(Object e, Step step, TreeMap<String, Object> names) {
    Object v = java.util.Objects.requireNonNull(step.v());
    return new Fact(e, step.a(), step.a().equals("ref") ? resolved(v, names) : v);
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

  private Optional<Set<Fact>> after(Set<Fact> added, Set<Fact> retracted) {
    var after = new HashSet<>(before);
    after.removeAll(retracted);
    for (Fact fact : added) {
      if (retracted.contains(fact)) {
        return Optional.empty();
      }
      if (isOne(fact.a())) {
        after.removeIf(old -> old.e().equals(fact.e()) && old.a().equals(fact.a()));
      }
    }
    after.addAll(added);
    for (Fact x : after) {
      for (Fact y : after) {
        boolean isOther = !x.equals(y) && x.a().equals(y.a());
        if (isOther && isOne(x.a()) && x.e().equals(y.e())) {
          return Optional.empty();
        }
        if (isOther && isUnique(x.a()) && x.v().equals(y.v())) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(after);
  }
}
