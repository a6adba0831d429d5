/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Random schemas and transaction forms, as EDN text. Values come from small sets, so that they
/// meet; entities are `e0` to `e4`, made by the first transaction, and what tempids make.
final class RandomForms {
  static final List<String> LONGS = List.of(":p/n", ":p/i");
  static final List<String> MANY_LONGS = List.of(":p/m", ":p/mi");
  static final List<String> STRINGS = List.of(":p/s", ":p/k");
  static final List<String> REFS = List.of(":p/r", ":p/rs");
  private static final int ENTITIES = 5;

  private final Random random;
  private final RandomExtras extras;

  RandomForms(Random random) {
    this.random = random;
    this.extras = new RandomExtras(random, this);
  }

  String schema() {
    return """
        {:schema {:p/k [:string :identity] :p/v [:long :value] :p/n [:long%s] :p/i [:long :index]
                  :p/m [:long :many%s] :p/mi [:long :many :index] :p/s [:string%s]
                  :p/tags [:string :many%s] :p/r [:ref] :p/rs [:ref :many] :p/c [:ref :component]
                  :p/cs [:ref :many :component] :p/b [:boolean] :p/kw [:keyword] :p/d [:double]
                  :p/at [:instant] :p/id [:long :identity :many]}}\
        """
        .formatted(index(), index(), index(), index());
  }

  /// Attributes that are tuples: one that forms write, and sometimes composites.
  String tuples() {
    String unique = random.nextInt(3) == 0 ? " :db/unique :db.unique/identity" : "";
    String composites =
        random.nextBoolean()
            ? ""
            : " {:db/ident :p/s+b :db/valueType :db.type/tuple :db/tupleAttrs [:p/s :p/b]"
                + " :db/cardinality :db.cardinality/one}"
                + " {:db/ident :p/k+n :db/valueType :db.type/tuple :db/tupleAttrs [:p/k :p/n]"
                + " :db/cardinality :db.cardinality/one"
                + unique
                + "}";
    return "{:quiet true :tx [{:db/ident :p/t :db/valueType :db.type/tuple"
        + " :db/tupleTypes [:db.type/long :db.type/string] :db/cardinality :db.cardinality/one}"
        + composites
        + "]}";
  }

  /// A change of the schema, which may be refused. References are not made components: they are in
  /// cycles, where Datomic's stack overflows.
  String alteration() {
    return "{:tx ["
        + one(
            List.of(
                "{:db/id :p/n :db/cardinality :db.cardinality/many}",
                "{:db/id :p/n :db/cardinality :db.cardinality/one}",
                "{:db/id :p/m :db/cardinality :db.cardinality/one}",
                "{:db/id :p/m :db/index true}",
                "[:db/retract :p/mi :db/index true]",
                "{:db/id :p/i :db/unique :db.unique/value}",
                "{:db/id :p/mi :db/unique :db.unique/identity}",
                "[:db/retract :p/v :db/unique :db.unique/value]",
                "{:db/id :p/v :db/unique :db.unique/identity}",
                "{:db/id :p/s :db/ident :p/text}",
                "{:db/id :p/kw :db/doc \"a keyword\"}"))
        + "]}";
  }

  RandomExtras extras() {
    return extras;
  }

  private String index() {
    return random.nextInt(3) == 0 ? " :index" : "";
  }

  /// The first entities, each with some facts; always committed.
  String birth() {
    return IntStream.range(0, ENTITIES)
        .mapToObj(
            i -> "{:db/id \"e%d\" :p/k \"k%d\" :p/v %d%s}".formatted(i, i, 10 + i, harmless()))
        .collect(Collectors.joining(" ", "{:tx [", "]}"));
  }

  private String harmless() {
    return Stream.of(":p/n", ":p/i", ":p/m", ":p/mi", ":p/s", ":p/tags", ":p/b", ":p/kw", ":p/d")
        .filter(_ -> random.nextInt(3) == 0)
        .map(attribute -> " " + attribute + " " + mapValue(attribute))
        .collect(Collectors.joining());
  }

  String facts(int min, int max) {
    var facts = new StringBuilder();
    var seen = new ArrayList<String>();
    for (int i = min + random.nextInt(max + 1 - min); i > 0; i--) {
      String attribute = attribute();
      if (!seen.contains(attribute)) {
        seen.add(attribute);
        facts.append(' ').append(attribute).append(' ').append(mapValue(attribute));
      }
    }
    return facts.toString();
  }

  /// Says bytes once at most: of equal ones said twice Datomic makes a conflict.
  String transaction() {
    var said = new ArrayList<String>();
    for (int count = 1 + random.nextInt(4); count > 0; count--) {
      String form = random.nextInt(5) == 0 ? extras.form() : form();
      boolean isSaid = said.stream().anyMatch(each -> each.contains(RandomExtras.BYTES));
      said.add(isSaid && form.contains(RandomExtras.BYTES) ? form() : form);
    }
    return "{:tx [" + String.join(" ", said) + "]}";
  }

  private String form() {
    String attribute = attribute();
    return switch (random.nextInt(14)) {
      case 0, 1, 2 -> "[:db/add %s %s %s]".formatted(entity(), attribute, value(attribute));
      case 3, 4 -> "{:db/id %s%s}".formatted(entity(), facts(1, 3));
      case 5 -> "{:p/k \"k%d\" %s %s}".formatted(random.nextInt(8), ":p/n", number());
      case 6 -> retraction();
      case 7 -> "[:db/retract %s %s]".formatted(known(), attribute);
      case 8 -> "[:db/retractEntity %s]".formatted(existing());
      case 9 -> cas();
      case 10 -> nested();
      case 11 -> "{:db/id %s :p/_r %s}".formatted(entity(), existing());
      case 12 -> "[:db/add \"datomic.tx\" :p/n %s]".formatted(number());
      default -> "[:db/add %s %s %s]".formatted(existing(), attribute, value(attribute));
    };
  }

  /// Of an attribute of cardinality many: in Datomic two retractions of one that has one value
  /// conflict, even if one of them retracts nothing.
  private String retraction() {
    String attribute = one(List.of(":p/m", ":p/mi", ":p/tags", ":p/rs", ":p/id"));
    return "[:db/retract %s %s %s]".formatted(known(), attribute, value(attribute));
  }

  private String cas() {
    return "[:db/cas %s :p/n %s %s]"
        .formatted(existing(), random.nextInt(4) == 0 ? "nil" : number(), number());
  }

  private String nested() {
    return random.nextBoolean()
        ? "{:db/id %s :p/c {:p/s \"c%d\"}}".formatted(existing(), random.nextInt(3))
        : "{:db/id %s :p/cs [{:p/s \"c%d\" :p/c {:p/n %s}} {:p/n %s}]}"
            .formatted(existing(), random.nextInt(3), number(), number());
  }

  private String attribute() {
    return one(
        List.of(
            ":p/k", ":p/v", ":p/n", ":p/n", ":p/i", ":p/m", ":p/mi", ":p/s", ":p/tags", ":p/r",
            ":p/r", ":p/rs", ":p/b", ":p/kw", ":p/d", ":p/at", ":p/id", ":p/t"));
  }

  /// A value of the attribute.
  String value(String attribute) {
    return switch (attribute) {
      case ":p/k" -> "\"k" + random.nextInt(8) + "\"";
      case ":p/s", ":p/tags" -> text();
      case ":p/r", ":p/rs" -> random.nextInt(4) == 0 ? tempid() : existing();
      case ":p/t" -> one(List.of("[1 \"x\"]", "[2 nil]", "[nil \"y\"]", "[1 \"y\"]"));
      case ":p/b" -> String.valueOf(random.nextBoolean());
      case ":p/kw" -> ":k/" + one(List.of("a", "b", "c"));
      case ":p/d" -> one(List.of("0.5", "1.5", "-2.25"));
      case ":p/at" -> "#inst \"2001-01-0%d\"".formatted(1 + random.nextInt(3));
      default -> number();
    };
  }

  private String mapValue(String attribute) {
    boolean isMany = List.of(":p/m", ":p/mi", ":p/tags").contains(attribute);
    return isMany && random.nextBoolean()
        ? "[" + value(attribute) + " " + value(attribute) + "]"
        : value(attribute);
  }

  String number() {
    return String.valueOf(random.nextInt(6));
  }

  String text() {
    return "\"s" + random.nextInt(5) + "\"";
  }

  /// An entity that the first transaction made.
  String existing() {
    return "#e \"e" + random.nextInt(ENTITIES) + "\"";
  }

  private String known() {
    return random.nextInt(4) == 0 ? lookup() : existing();
  }

  String lookup() {
    return "[:p/k \"k" + random.nextInt(6) + "\"]";
  }

  private String tempid() {
    return "\"t" + random.nextInt(3) + "\"";
  }

  String entity() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> tempid();
      case 2 -> lookup();
      default -> existing();
    };
  }

  <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
