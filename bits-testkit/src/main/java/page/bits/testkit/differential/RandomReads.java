/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.util.List;
import java.util.Random;

/// Random reads under random views, as EDN text.
final class RandomReads {
  private final Random random;
  private final RandomForms forms;
  private final RandomQuery query;
  private final RandomPull pull;

  RandomReads(Random random, RandomForms forms) {
    this.random = random;
    this.forms = forms;
    this.pull = new RandomPull(random, forms);
    this.query = new RandomQuery(random, forms, pull);
  }

  /// A read after so many transactions.
  String step(int transactions) {
    return switch (random.nextInt(28)) {
      case 20 -> seek(transactions);
      case 21 -> typedRange(transactions);
      case 22 -> entidAt(transactions);
      case 23, 24 -> log(transactions);
      case 25 -> nan(transactions);
      case 26 -> failing(transactions);
      case 0 -> "{:datoms [:eavt %s]%s}".formatted(forms.existing(), view(transactions, true));
      case 1 -> "{:datoms [:aevt %s]%s}".formatted(attribute(), view(transactions, true));
      case 2 -> "{:datoms [:avet :p/i %s]%s}".formatted(forms.number(), view(transactions, true));
      case 3 -> "{:datoms [:vaet %s]%s}".formatted(forms.existing(), view(transactions, true));
      case 4 -> range(transactions);
      case 5 -> "{:entid %s%s}".formatted(forms.lookup(), view(transactions, false));
      case 6 -> "{:touch %s%s}".formatted(forms.existing(), view(transactions, false));
      case 7 ->
          "{:with %s%s}"
              .formatted(forms.transaction().replace("{:tx ", "").replaceAll("}$", ""), "");
      case 8 -> txRange(transactions);
      case 9, 10, 11 ->
          "{:pull %s :of %s%s}"
              .formatted(pull.pattern(0), forms.existing(), view(transactions, false));
      case 12 ->
          "{:index-pull {:index :avet :selector [:db/id :p/k :p/i] :start [:p/k]}%s}"
              .formatted(view(transactions, false));
      default -> {
        boolean isHistory = random.nextInt(6) == 0;
        yield query.step(view(transactions, isHistory), other(transactions), isHistory);
      }
    };
  }

  private String attribute() {
    return forms.one(List.of(":p/n", ":p/m", ":p/r", ":p/k", ":p/tags", ":p/b", ":p/cs"));
  }

  private String range(int transactions) {
    String from = random.nextInt(3) == 0 ? "nil" : forms.number();
    String to = random.nextInt(3) == 0 ? "nil" : forms.number();
    return "{:range [%s %s %s]%s}"
        .formatted(forms.one(List.of(":p/i", ":p/mi", ":p/v")), from, to, view(transactions, true));
  }

  private String seek(int transactions) {
    String start =
        forms.one(
            List.of(
                ":p/i " + forms.number(),
                ":p/mi " + forms.number(),
                ":p/k " + forms.text(),
                ":p/v",
                ":x/dec 2.0M",
                ":x/int 2N",
                ":x/uuid"));
    return "{:seek [:avet %s] :within true%s}".formatted(start, view(transactions, true));
  }

  private String typedRange(int transactions) {
    String attribute = forms.one(List.of(":x/dec", ":x/decs", ":x/int", ":x/uuid", ":x/float"));
    return "{:range [%s %s %s]%s}"
        .formatted(
            attribute,
            random.nextInt(3) == 0 ? "nil" : forms.extras().value(attribute),
            random.nextInt(3) == 0 ? "nil" : forms.extras().value(attribute),
            view(transactions, true));
  }

  private String entidAt(int transactions) {
    return "{:entid-at [%s #%s %d]}"
        .formatted(
            forms.one(List.of(":db.part/tx", ":db.part/user", ":part/a")),
            forms.one(List.of("t", "tx", "at")),
            random.nextInt(transactions));
  }

  /// Of the transactions after those that make the schema, without what Datomic says of changes to
  /// it (`:db.alter/attribute`, 19).
  private String log(int transactions) {
    int from = RandomPrograms.BEFORE + random.nextInt(transactions - RandomPrograms.BEFORE);
    String to = random.nextBoolean() ? "nil" : "#t " + (from + random.nextInt(transactions - from));
    String range = "#t " + from + " " + to;
    return random.nextBoolean()
        ? "{:q [:find ?tx :in $ ?log :where [(tx-ids ?log %s) [?tx ...]]] :in [#log []]}"
            .formatted(range)
        : ("{:q [:find ?e ?a ?v ?op :in $ ?log :where [(tx-ids ?log %s) [?tx ...]]"
                + " [(tx-data ?log ?tx) [[?e ?a ?v _ ?op]]] [(not= ?a 19)]] :in [#log []]}")
            .formatted(range);
  }

  /// A call that fails for some values, in a query where it has to meet them all.
  private String failing(int transactions) {
    return "{:q [:find ?e ?f :where %s]%s}"
        .formatted(
            forms.one(
                List.of(
                    "[?e :p/n ?n] [(/ 6 ?n) ?f]",
                    "[?e :p/s ?s] [(subs ?s 0 9) ?f]",
                    "[?e :p/tags ?s] [(subs ?s 2) ?f]",
                    "[?e :p/k ?s] [(judge.functions/twice ?s) ?f]",
                    "[?e :p/m ?n] [(quot 5 ?n) ?f]",
                    "[?e :p/kw ?n] [(inc ?n) ?f]")),
            view(transactions, false));
  }

  private String nan(int transactions) {
    return "{:q [:find %s :where [?e :x/nan ?v]]%s}"
        .formatted(
            forms.one(List.of("?e ?v", "(count ?v) .", "(pull ?e [:x/nan])", "[?v ...]")),
            view(transactions, false));
  }

  private String txRange(int transactions) {
    int from = random.nextInt(transactions);
    return "{:tx-range [#t %d %s]}"
        .formatted(
            from,
            random.nextInt(3) == 0 ? "nil" : "#t " + (from + random.nextInt(transactions - from)));
  }

  private String other(int transactions) {
    return "#db [[:as-of #t " + random.nextInt(transactions) + "]]";
  }

  /// A view, or nothing half of the time.
  private String view(int transactions, boolean withHistory) {
    String asOf =
        "[:as-of #%s %d]"
            .formatted(forms.one(List.of("t", "tx", "at")), random.nextInt(transactions));
    String since =
        "[:since #%s %d]".formatted(forms.one(List.of("t", "tx")), random.nextInt(transactions));
    String with =
        "[:with [[:db/add %s :p/n %s] [:db/retract %s :p/m %s]]]"
            .formatted(forms.existing(), forms.number(), forms.existing(), forms.number());
    String view =
        switch (random.nextInt(18)) {
          case 14 -> "[:without %s]".formatted(attribute());
          case 15 -> "[:unflagged :p/b]";
          case 16 -> forms.one(List.of("[:without :p/n] ", "[:unflagged :p/b] ")) + asOf;
          case 17 -> since + forms.one(List.of(" [:without :p/r]", " [:unflagged :p/b]"));
          case 0, 1, 2 -> asOf;
          case 3, 4 -> since;
          case 5 -> since + " " + asOf;
          case 6 -> with;
          case 7 -> with + " [:as-of #t %d]".formatted(random.nextInt(transactions));
          case 8 -> asOf + " " + since;
          default -> "";
        };
    String history =
        withHistory && random.nextBoolean() && !view.contains(":with") ? "[:history]" : "";
    return (view + history).isEmpty() ? "" : " :view [" + view + " " + history + "]";
  }
}
