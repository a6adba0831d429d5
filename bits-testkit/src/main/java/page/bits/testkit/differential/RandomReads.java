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
    return switch (random.nextInt(20)) {
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
        switch (random.nextInt(14)) {
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
