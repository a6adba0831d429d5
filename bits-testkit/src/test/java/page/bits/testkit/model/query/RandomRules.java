/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import page.bits.edn.Edn;

/// Rules over the attributes of random databases; which of several ways each is written in is
/// random.
final class RandomRules {
  private static final List<List<String>> WAYS =
      List.of(
          List.of(
              "[(reach ?a ?b) [?a :r/ref ?b]] [(reach ?a ?b) [?a :r/ref ?x] (reach ?x ?b)]",
              "[(reach ?a ?b) [?a :r/refs ?b]] [(reach ?a ?b) (reach ?a ?x) [?x :r/refs ?b]]",
              "[(reach ?a ?b) [?a :r/ref ?b]] [(reach ?a ?b) (reach ?a ?x) (reach ?x ?b)]",
              "[(reach ?a ?b) (reach ?x ?b) [?a :r/refs ?x]] [(reach ?a ?b) [?a :r/refs ?b]]"
                  + " [(reach ?a ?b) [?a :r/ref ?x] (not [?x :r/tags \"s1\"]) (reach ?x ?b)]",
              "[(reach ?a ?b) (or-join [?a ?b] [?a :r/refs ?b] (and [?a :r/ref ?x] (reach ?x ?b)))]"),
          List.of(
              "[(valued ?e ?n) [?e :r/plain ?n]] [(valued ?e ?n) [?e :r/indexed ?n]]",
              "[(valued ?e ?n) (or [?e :r/plain ?n] (and [?e :r/indexed ?n] [(< ?n 4)]))]",
              "[(valued ?e ?n) [?e :r/key] [(get-else $ ?e :r/plain 7) ?n]]"),
          List.of(
              "[(big ?e) [?e :r/indexed ?n] [(> ?n 4)]]",
              "[(big ?e) (valued ?e ?n) (not [?e :r/tags ?s])]",
              "[(big ?e) [?e :r/key _] [(missing? $ ?e :r/ref)]]"),
          List.of(
              "[(even ?a ?b) [?a :r/ref ?x] (odd ?x ?b)] [(odd ?a ?b) [?a :r/ref ?b]]"
                  + " [(odd ?a ?b) [?a :r/ref ?x] (even ?x ?b)]"),
          List.of(
              "[(alone ?e) [?e :r/key _] (not-join [?e] (reach ?e ?e))]",
              "[(alone ?e) [?e :r/text ?s] (not (reach ?x ?e) [?x :r/text ?s])]"),
          List.of(
              "[(climb [?n] ?m) [(+ ?n 1) ?m] [(< ?m 9)]]"
                  + " [(climb [?n] ?m) [(+ ?n 2) ?x] [(< ?x 9)] (climb ?x ?m)]"),
          List.of("[(small ?n) [(< ?n 3)]]", "[(small ?n) [(< ?n 2)]] [(small ?n) [(= ?n 5)]]"));

  private RandomRules() {}

  @SuppressWarnings("unchecked") // rules are lists
  static List<List<Object>> of(Random random) {
    var rules = new ArrayList<List<Object>>();
    for (List<String> ways : WAYS) {
      String text = ways.get(random.nextInt(ways.size()));
      Edn.readAll(text).forEach(rule -> rules.add((List<Object>) Objects.requireNonNull(rule)));
    }
    java.util.Collections.shuffle(rules, random);
    return rules;
  }
}
