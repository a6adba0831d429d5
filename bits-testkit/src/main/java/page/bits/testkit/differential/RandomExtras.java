/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Attributes and forms beyond the common ones, as EDN text: the rarer value types, predicates of
/// attributes and entities, functions of transactions, partitions.
final class RandomExtras {
  static final String BYTES = ":x/bytes";

  /// A few values of each type. Decimals of a type have one scale, and zeros one sign, since
  /// Datomic takes others for the same.
  private static final Map<String, List<String>> VALUES =
      new TreeMap<>(
          Map.of(
              ":x/dec",
              List.of("1.5M", "2.5M", "-3.0M"),
              ":x/decs",
              List.of("1.25M", "2.25M", "7.00M"),
              ":x/int",
              List.of("1N", "2N", "123456789012345678901234567890N"),
              ":x/uuid",
              List.of(
                  "#uuid \"00000000-0000-4000-8000-000000000001\"",
                  "#uuid \"00000000-0000-4000-8000-000000000002\"",
                  "#uuid \"10000000-0000-4000-8000-000000000003\""),
              ":x/uri",
              List.of("#uri \"http://a.example/\"", "#uri \"http://b.example/x\""),
              ":x/float",
              List.of("0.5", "1.5", "-2.25"),
              ":x/sym",
              List.of("a/b", "c"),
              BYTES,
              List.of("#bytes \"00ff\"", "#bytes \"01\"", "#bytes \"\""),
              ":x/small",
              List.of("1", "2", "3", "4", "5"),
              ":x/evens",
              List.of("0", "1", "2", "4")));

  private static final String SCHEMA =
      "{:quiet true :tx ["
          + " {:db/ident :part/a :db.install/_partition :db.part/db}"
          + one(":x/dec", "bigdec", ":db/index true")
          + many(":x/decs", "bigdec", ":db/index true")
          + one(":x/int", "bigint", ":db/index true")
          + one(":x/uuid", "uuid", ":db/unique :db.unique/identity")
          + many(":x/uri", "uri", "")
          + one(":x/float", "float", ":db/index true")
          + one(":x/sym", "symbol", "")
          + one(BYTES, "bytes", "")
          + one(":x/nan", "double", "")
          + one(":x/small", "long", ":db.attr/preds judge.functions/small?")
          + many(
              ":x/evens",
              "long",
              ":db.attr/preds [judge.functions/even-or-word? judge.functions/small?]")
          + " {:db/ident :spec/full :db.entity/attrs [:p/k :p/n]}"
          + " {:db/ident :spec/tidy :db.entity/preds judge.functions/tidy?}"
          + " {:db/ident :spec/both :db.entity/attrs [:p/s :p/b]"
          + " :db.entity/preds [judge.functions/tidy?]}]}";

  private final Random random;
  private final RandomForms forms;

  RandomExtras(Random random, RandomForms forms) {
    this.random = random;
    this.forms = forms;
  }

  private static String one(String ident, String type, String more) {
    return attribute(ident, type, "one", more);
  }

  private static String many(String ident, String type, String more) {
    return attribute(ident, type, "many", more);
  }

  private static String attribute(String ident, String type, String cardinality, String more) {
    return " {:db/ident %s :db/valueType :db.type/%s :db/cardinality :db.cardinality/%s %s}"
        .formatted(ident, type, cardinality, more);
  }

  String schema() {
    return SCHEMA;
  }

  String attribute() {
    return forms.one(List.copyOf(VALUES.keySet()));
  }

  String value(String attribute) {
    return forms.one(VALUES.getOrDefault(attribute, List.of()));
  }

  /// One form, or several that belong together.
  String form() {
    return switch (random.nextInt(12)) {
      case 0, 1 -> typed();
      case 2 -> "{:db/id %s %s :p/i %s}".formatted(forms.entity(), pair(), forms.number());
      case 3 -> retraction();
      case 4, 5, 6 -> call();
      case 7, 8, 9 -> ensured();
      case 10 -> partitioned();
      default -> "{:db/id \"n0\" :x/nan %s}".formatted(forms.one(List.of("##NaN", "1.5")));
    };
  }

  /// Of cardinality many, as [RandomForms] has it, and why.
  private String retraction() {
    String attribute = forms.one(List.of(":x/decs", ":x/uri", ":x/evens"));
    return "[:db/retract %s %s %s]".formatted(forms.existing(), attribute, value(attribute));
  }

  private String typed() {
    return "[:db/add %s %s]".formatted(forms.entity(), pair());
  }

  private String pair() {
    String attribute = attribute();
    return attribute + " " + value(attribute);
  }

  private String call() {
    String known = random.nextInt(4) == 0 ? forms.lookup() : forms.existing();
    return switch (random.nextInt(8)) {
      case 0, 1 ->
          "[judge.functions/bump %s %s %s]"
              .formatted(known, forms.one(List.of(":p/n", ":p/i")), forms.number());
      case 2 ->
          "[judge.functions/tag-all %s %s %s]"
              .formatted(forms.one(List.of(":p/i", ":p/mi")), forms.number(), forms.text());
      case 3 -> "[judge.functions/both %s %s]".formatted(known, forms.number());
      case 4 ->
          "[judge.functions/make \"t%d\" \"k%d\" %s]"
              .formatted(random.nextInt(3), random.nextInt(8), forms.number());
      case 5 -> "[judge.functions/nothing]";
      case 6 ->
          forms.one(
              List.of(
                  "[judge.functions/refuse]",
                  "[judge.functions/fail 1]",
                  "[judge.functions/unheard 1]"));
      default -> typed();
    };
  }

  private String ensured() {
    return "{:db/id %s :db/ensure %s%s}"
        .formatted(
            forms.entity(),
            forms.one(List.of(":spec/full", ":spec/tidy", ":spec/both", "[:spec/full :spec/tidy]")),
            forms.facts(0, 2));
  }

  /// What is put somewhere is new: a directive for what exists is refused here, not in Datomic.
  private String partitioned() {
    return switch (random.nextInt(4)) {
      case 0 ->
          "{:db/force-partition {\"q0\" :part/a}} {:db/id \"q0\" :p/n %s :p/c {:p/s \"c\"}}"
              .formatted(forms.number());
      case 1 ->
          "{:db/force-partition {\"q0\" :part/a} :db/match-partition {\"q1\" \"q0\"}}"
              + " {:db/id \"q0\" :p/m 1} {:db/id \"q1\" :p/r \"q0\"}";
      case 2 ->
          "{:db/match-partition {\"r0\" %s}} [:db/add \"r0\" :p/n %s]"
              .formatted(forms.existing(), forms.number());
      default ->
          forms.one(
              List.of(
                  "{:db/match-partition {\"u0\" \"u1\" \"u1\" \"u0\"}} {:db/id \"u0\" :p/r \"u1\"}"
                      + " [:db/add \"u1\" :p/n 1]",
                  "{:db/force-partition {\"v0\" :db.part/db}} [:db/add \"v0\" :p/n 1]",
                  "{:db/force-partition {\"w0\" :p/n}} [:db/add \"w0\" :p/n 1]"));
    };
  }
}
