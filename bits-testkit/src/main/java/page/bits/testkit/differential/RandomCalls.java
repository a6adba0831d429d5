/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.util.List;
import java.util.Random;

/// Random calls in queries, as EDN text: the functions and predicates that are built in, those of
/// [JudgeFunctions], and queries in queries. None fails for some values only: which rows it would
/// meet depends on the order of clauses, which is not the same. What a call binds is `?f` (a
/// number), `?t` (a text) or `?g`.
final class RandomCalls {
  private static final List<String> OF_NUMBERS =
      List.of(
          "[(- %s 1) ?f]",
          "[(* %s 2) ?f]",
          "[(quot %s 2) ?f]",
          "[(rem %s 2) ?f]",
          "[(mod %s 3) ?f]",
          "[(/ %s 2) ?f]",
          "[(+ %s 0.5) ?f]",
          "[(+ %s 1N) ?f]",
          "[(* %s 1.5M) ?f]",
          "[(inc %s) ?f]",
          "[(dec %s) ?f]",
          "[(max %s 3) ?f]",
          "[(min %s 3) ?f]",
          "[(compare %s 2) ?f]",
          "[(even? %s)]",
          "[(odd? %s)]",
          "[(zero? %s)]",
          "[(pos? %s)]",
          "[(not= %s 2)]",
          "[(< %s 2.5)]",
          "[(>= %s 2N)]",
          "[(str %s \"-\" 1) ?t]",
          "[(tuple %s \"x\") ?p] [(untuple ?p) [?f ?t]]",
          "[(ground [1 2 3]) [?f ...]] [(<= ?f %s)]",
          "[(ground [[1 \"a\"] [2 \"b\"]]) [[?f ?t]]] [(not= ?f %s)]",
          "[(identity %s) ?f]",
          "[(judge.functions/twice %s) ?f]",
          "[(judge.functions/low? %s)]",
          "[(judge.functions/unheard %s) ?f]");

  private static final List<String> OF_STRINGS =
      List.of(
          "[(subs %s 1) ?t]",
          "[(count %s) ?f]",
          "[(clojure.string/upper-case %s) ?t]",
          "[(clojure.string/starts-with? %s \"s\")]",
          "[(clojure.string/includes? %s \"1\")]",
          "[(clojure.string/replace %s \"s\" \"z\") ?t]",
          "[(.startsWith %s \"k\")]",
          "[(.length %s) ?f]",
          "[(= %s \"s1\")]",
          "[(< %s \"s3\")]",
          "[(compare %s \"s2\") ?f]",
          "[(keyword %s) ?g]",
          "[(tuple %s nil) ?g]");

  private static final List<String> OF_ENTITIES =
      List.of(
          "[(get-else $ %s :p/s \"none\") ?t]",
          "[(get-else $ %s :p/b false) ?g]",
          "[(get-else $ %s :x/dec 0.5M) ?g]",
          "[(get-some $ %s :p/s :p/k) [_ ?t]]",
          "[(get-some $ %s :x/uuid :p/i :x/float) [?g _]]",
          "[(missing? $ %s :p/i)]",
          "[(missing? $ %s :p/tags)]",
          "[(judge.functions/tags-of $ %s) ?f]",
          "[(q (quote [:find (max ?v) . :in $ ?x :where [?x :p/m ?v]]) $ %s) ?f]",
          "[(q (quote [:find ?v ?w :in $ ?x :where [?x :p/m ?v] [?x :p/tags ?w]]) $ %s) [[?f ?t]]]",
          "[(q (quote [:find [?v ...] :in $ ?x :where [?y :p/rs ?x] [?y :p/n ?v]]) $ %s) [?f ...]]",
          "[(q (quote [:find (count ?y) (sum ?v) :in $ ?x :with ?x"
              + " :where [?x :p/r ?y] [?x :p/n ?v]]) $ %s) [[?f ?g]]]",
          "[%s :x/dec ?g] [(> ?g 1.0M)]",
          "[%s :x/int ?g] [(< ?g 100)]",
          "[%s :x/float ?g] [(<= ?g 1.5)]",
          "[%s :x/uuid ?g] [(not= ?g #uuid \"00000000-0000-4000-8000-000000000001\")]",
          "[%s :x/uri #uri \"http://a.example/\"]",
          "[%s :x/decs 2.25M]",
          "[%s :x/float 0.5]",
          "[%s :x/sym ?g]",
          "[%s :x/evens ?f]");

  private static final List<String> OF_ENTITIES_IN_HISTORY =
      OF_ENTITIES.stream().filter(clause -> !clause.contains("judge.functions/tags-of")).toList();

  private final Random random;

  RandomCalls(Random random) {
    this.random = random;
  }

  /// A clause, or two, with `%s` in the place of a variable of that kind: `?n`, `?s` or `?e`. Of a
  /// history, none that is refused there: it would be asked, or not, depending on the order too.
  String of(String kind, boolean isHistory) {
    List<String> clauses =
        switch (kind) {
          case "?n" -> OF_NUMBERS;
          case "?s" -> OF_STRINGS;
          default -> isHistory ? OF_ENTITIES_IN_HISTORY : OF_ENTITIES;
        };
    return clauses.get(random.nextInt(clauses.size()));
  }
}
