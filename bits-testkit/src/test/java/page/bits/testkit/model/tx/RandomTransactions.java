/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model.tx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;
import page.bits.testkit.model.tx.NaiveEvaluation.Fact;
import page.bits.testkit.model.tx.NaiveEvaluation.Lookup;
import page.bits.testkit.model.tx.NaiveEvaluation.Step;
import page.bits.testkit.model.tx.NaiveSchema.Property;
import page.bits.testkit.model.tx.NaiveSchema.Uniqueness;

/// Random schemas, alterations and transactions over small domains, and the forms that say them.
final class RandomTransactions {
  private static final int ATTRIBUTES = 7;

  private final Random random;

  RandomTransactions(Random random) {
    this.random = random;
  }

  // Schemas

  NaiveSchema schema() {
    var attributes = new LinkedHashMap<String, Property>();
    attributes.put(
        "a0", new Property(false, false, Uniqueness.NONE, false, false, false, List.of()));
    for (int i = 1; i < ATTRIBUTES; i++) {
      boolean isRef = random.nextInt(3) == 0;
      attributes.put(
          "a" + i,
          new Property(
              isRef,
              random.nextInt(3) == 0,
              uniqueness(),
              random.nextBoolean(),
              isRef && random.nextInt(3) == 0,
              false,
              List.of()));
    }
    NaiveSchema schema = new NaiveSchema(attributes);
    return random.nextBoolean() ? schema : withComposite(schema);
  }

  private Uniqueness uniqueness() {
    return Uniqueness.values()[Math.max(0, random.nextInt(5) - 2)];
  }

  /// The schema with one more composite; itself when there are no attributes for one.
  NaiveSchema withComposite(NaiveSchema schema) {
    List<String> ones =
        schema.attributes().entrySet().stream()
            .filter(entry -> !entry.getValue().isMany() && !entry.getValue().isComposite())
            .map(Map.Entry::getKey)
            .toList();
    if (ones.isEmpty()) {
      return schema;
    }
    List<String> members = List.of(any(ones), any(ones));
    return schema.with(
        "c" + schema.attributes().size(),
        new Property(false, false, uniqueness(), random.nextBoolean(), false, false, members));
  }

  /// An attribute as it may become, of four kinds of changes.
  static Property changed(Property old, int kind) {
    return switch (kind) {
      case 0 -> old.many(!old.isMany());
      case 1 -> old.unique(old.isUnique() ? Uniqueness.NONE : Uniqueness.VALUE);
      case 2 -> old.even(!old.isEven() && !old.isRef() && !old.isComposite());
      default -> old.indexed(!old.isIndexed());
    };
  }

  /// The entity specs that transactions ask for.
  static List<?> specs() {
    var forms = new ArrayList<Object>();
    forms.add(
        Map.of(":db/ident", ":t.spec/few", ":db.entity/preds", Symbol.of("test.property/few?")));
    for (int i = 0; i < 4; i++) {
      forms.add(Map.of(":db/ident", ":t.spec/a" + i, ":db.entity/attrs", List.of(":t/a" + i)));
    }
    return forms;
  }

  static Map<Object, Object> definition(String a, Property property) {
    var form = new LinkedHashMap<Object, Object>();
    form.put(":db/ident", ":t/" + a);
    form.put(
        ":db/valueType",
        property.isComposite()
            ? ":db.type/tuple"
            : property.isRef() ? ":db.type/ref" : ":db.type/long");
    form.put(":db/cardinality", cardinality(property));
    form.put(":db/index", property.isIndexed());
    if (property.isComponent()) {
      form.put(":db/isComponent", true);
    }
    if (property.isUnique()) {
      form.put(":db/unique", unique(property));
    }
    if (property.isComposite()) {
      form.put(
          ":db/tupleAttrs", property.members().stream().map(m -> Keyword.of(":t/" + m)).toList());
    }
    return form;
  }

  static List<?> alteration(String a, Property old, Property now) {
    String ident = ":t/" + a;
    var forms = new ArrayList<List<?>>();
    if (old.isMany() != now.isMany()) {
      forms.add(List.of(":db/add", ident, ":db/cardinality", cardinality(now)));
    }
    if (old.unique() != now.unique()) {
      forms.add(
          now.isUnique()
              ? List.of(":db/add", ident, ":db/unique", unique(now))
              : List.of(":db/retract", ident, ":db/unique"));
    }
    if (old.isIndexed() != now.isIndexed()) {
      forms.add(List.of(":db/add", ident, ":db/index", now.isIndexed()));
    }
    if (old.isEven() != now.isEven()) {
      forms.add(
          List.of(
              now.isEven() ? ":db/add" : ":db/retract",
              ident,
              ":db.attr/preds",
              Symbol.of("test.property/even?")));
    }
    return forms;
  }

  private static String cardinality(Property property) {
    return property.isMany() ? ":db.cardinality/many" : ":db.cardinality/one";
  }

  private static String unique(Property property) {
    return property.unique() == Uniqueness.VALUE ? ":db.unique/value" : ":db.unique/identity";
  }

  // Transactions

  /// What to do next to this database.
  Act act(World world) {
    NaiveSchema schema = world.schema();
    if (schema.attributes().isEmpty()) {
      return new Act.Install(schema().attributes());
    }
    int kind = random.nextInt(12);
    if (kind == 0) {
      return new Act.Alter(any(List.copyOf(schema.attributes().keySet())), random.nextInt(4));
    }
    if (kind == 1 && schema.attributes().size() < 11) {
      var more = new LinkedHashMap<>(withComposite(schema).attributes());
      more.keySet().removeAll(schema.attributes().keySet());
      return new Act.Install(more);
    }
    return world.act(steps(schema, world.facts()));
  }

  /// Some steps; of three in four transactions that would be refused, so few that they are not.
  private List<Step> steps(NaiveSchema schema, Set<Fact> facts) {
    List<Object> known = new ArrayList<>(facts.stream().map(Fact::e).distinct().toList());
    known.sort(Comparator.comparing(Object::toString));
    List<Step> steps =
        new ArrayList<>(
            Stream.generate(() -> step(schema, facts, known))
                .limit(1 + random.nextInt(6))
                .toList());
    boolean isMended = random.nextInt(4) > 0;
    while (isMended && steps.size() > 1 && NaiveEvaluation.of(schema, facts, steps).isEmpty()) {
      steps.remove(random.nextInt(steps.size()));
    }
    return steps;
  }

  private Step step(NaiveSchema schema, Set<Fact> facts, List<Object> known) {
    String a = any(List.copyOf(schema.attributes().keySet()));
    Property property = schema.of(a);
    Object e = entity(schema, facts, known);
    int kind = random.nextInt(20);
    if (kind < 4 && !known.isEmpty()) {
      Object old = known(schema, facts, known);
      return switch (kind) {
        case 0 -> new Step("cas", old, "a0", number(), random.nextInt(3) == 0 ? null : number());
        case 1 -> new Step("retractEntity", old, "", null, null);
        case 2 -> new Step("increment", old, "a0", null, null);
        default -> new Step("retractAll", old, a, null, null);
      };
    }
    if (kind == 4) {
      return new Step("ensure", e, random.nextBoolean() ? "few" : "has", "a" + number(), null);
    }
    return new Step(
        kind < 9 ? "retract" : "add", e, a, value(schema, property, facts, known), null);
  }

  private Object value(NaiveSchema schema, Property property, Set<Fact> facts, List<Object> known) {
    if (!property.isComposite()) {
      return property.isRef() ? entity(schema, facts, known) : number();
    }
    var slots = new ArrayList<@Nullable Object>();
    for (String member : property.members()) {
      boolean isRef = schema.of(member).isRef();
      Object some = isRef ? plainEntity(known) : number();
      slots.add(random.nextInt(3) == 0 ? null : some);
    }
    return slots;
  }

  private Object entity(NaiveSchema schema, Set<Fact> facts, List<Object> known) {
    return random.nextInt(4) == 0 && !known.isEmpty()
        ? known(schema, facts, known)
        : plainEntity(known);
  }

  private Object plainEntity(List<Object> known) {
    return known.isEmpty() || random.nextInt(5) < 3 ? "t" + random.nextInt(4) : any(known);
  }

  /// An entity that exists, by its id or by a lookup ref that seldom leads nowhere.
  private Object known(NaiveSchema schema, Set<Fact> facts, List<Object> known) {
    List<Fact> unique =
        facts.stream()
            .filter(fact -> schema.of(fact.a()).isUnique() && !schema.of(fact.a()).isRef())
            .sorted(Comparator.comparing(Fact::toString))
            .toList();
    if (unique.isEmpty() || random.nextBoolean()) {
      return any(known);
    }
    Fact fact = any(unique);
    boolean isNumber = fact.v() instanceof Long;
    return new Lookup(fact.a(), isNumber && random.nextInt(20) == 0 ? number() : fact.v());
  }

  private Object number() {
    return (long) random.nextInt(4);
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  static List<@Nullable Object> form(Step step) {
    String a = ":t/" + step.a();
    Object e = place(step.e());
    Object v = place(step.v());
    return switch (step.op()) {
      case "cas" -> Arrays.asList(":db/cas", e, a, step.expected(), v);
      case "retractAll" -> Arrays.asList(":db/retract", e, a);
      case "retractEntity" -> Arrays.asList(":db/retractEntity", e);
      case "increment" -> Arrays.asList(Symbol.of("test.property/increment"), e, a);
      case "ensure" ->
          Arrays.asList(
              ":db/add", e, ":db/ensure", step.a().equals("few") ? ":t.spec/few" : ":t.spec/" + v);
      default -> Arrays.asList(":db/" + step.op(), e, a, v);
    };
  }

  private static @Nullable Object place(@Nullable Object entity) {
    return entity instanceof Lookup(String a, Object v) ? List.of(":t/" + a, v) : entity;
  }
}
