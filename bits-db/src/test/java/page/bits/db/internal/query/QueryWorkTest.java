/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.Db;
import page.bits.db.internal.Seed;
import page.bits.db.internal.TestDb;
import page.bits.db.internal.query.parse.QueryParser;
import page.bits.db.internal.query.relation.Deadline;
import page.bits.db.internal.query.relation.Ticker;
import page.bits.db.internal.query.run.Trace;

/// How much queries do, counted in datoms and rows looked at, never in time.
final class QueryWorkTest {
  private static final int CHAIN = 300;
  private static final int THINGS = 150;
  private static final String SCHEMA =
      "["
          + String.join(
              "\n",
              TestDb.attribute(":r/plain", "long", "one", ""),
              TestDb.attribute(":r/indexed", "long", "one", ":db/index true"),
              TestDb.attribute(":r/text", "string", "one", ""),
              TestDb.attribute(":r/key", "string", "one", ":db/unique :db.unique/identity"),
              TestDb.attribute(":r/ref", "ref", "one", ""),
              TestDb.attribute(":r/refs", "ref", "many", ""))
          + "]";

  private static long work(Db db, String query, Object... inputs) {
    var ticker = new Ticker(Deadline.never());
    var all = new ArrayList<Object>(List.of(db));
    all.addAll(List.of(inputs));
    var run =
        new QueryResult(
            QueryParser.parse(query), all, new QueryEngine.Nesting(ticker), new Trace());
    assertThat(run.rows()).isNotNull();
    return ticker.ticks();
  }

  private static Db chain() {
    String schema =
        "["
            + TestDb.attribute(":c/key", "long", "one", ":db/unique :db.unique/identity")
            + TestDb.attribute(":c/next", "ref", "one", "")
            + "]";
    var links = new StringBuilder("[");
    for (int i = 0; i < CHAIN; i++) {
      links.append("{:db/id \"%d\" :c/key %d".formatted(i, i));
      links.append(i + 1 < CHAIN ? " :c/next \"%d\"}".formatted(i + 1) : "}");
    }
    return TestDb.of(schema, links + "]");
  }

  @Test
  @Row({"Q-26", "RA-23"})
  void recursion_besideTheBoundArgument_doesWorkInTheLengthOfTheWay() {
    Db db = chain();
    String near = "[[(r ?a ?b) [?a :c/next ?b]] [(r ?a ?b) (r ?a ?x) [?x :c/next ?b]]]";
    String far = "[[(r ?a ?b) [?a :c/next ?b]] [(r ?a ?b) [?a :c/next ?x] (r ?x ?b)]]";
    String from = "[:find ?b :in $ % ?a :where (r ?a ?b)]";
    String to = "[:find ?a :in $ % ?b :where (r ?a ?b)]";
    assertThat(work(db, from, near, List.of(":c/key", 0))).isLessThan(60L * CHAIN);
    assertThat(work(db, to, far, List.of(":c/key", CHAIN - 1))).isLessThan(60L * CHAIN);
    assertThat(work(db, from, far, List.of(":c/key", CHAIN - 5))).isLessThan(2_000);
  }

  /// A chain of so many links, with a way back from its end, asked from its begin.
  private static long workOfRing(int links, String rules, String query, int from) {
    String schema =
        "["
            + TestDb.attribute(":c/key", "long", "one", ":db/unique :db.unique/identity")
            + TestDb.attribute(":c/next", "ref", "many", "")
            + "]";
    var forms = new StringBuilder("[");
    for (int i = 0; i < links; i++) {
      forms.append("{:db/id \"%d\" :c/key %d :c/next [".formatted(i, i));
      forms.append("\"%d\" \"%d\"]}".formatted((i + 1) % links, (i + 2) % links));
    }
    Db db = TestDb.of(schema, forms + "]");
    assertThat((List<?>) db.q(query, rules, List.of(":c/key", from))).hasSize(links);
    return work(db, query, rules, List.of(":c/key", from));
  }

  @Test
  @Row({"Q-26", "RA-23"})
  void recursion_onTheFarSideOfOneBoundArgument_doesWorkInTheEdgesThatAreReached() {
    String far = "[[(r ?a ?b) [?a :c/next ?b]] [(r ?a ?b) [?a :c/next ?x] (r ?x ?b)]]";
    String near = "[[(r ?a ?b) [?a :c/next ?b]] [(r ?a ?b) (r ?a ?x) [?x :c/next ?b]]]";
    String from = "[:find [?b ...] :in $ % ?a :where (r ?a ?b)]";
    String to = "[:find [?a ...] :in $ % ?b :where (r ?a ?b)]";
    for (int links : new int[] {50, 100, 400}) {
      assertThat(workOfRing(links, far, from, 0)).isLessThan(40L * links);
      assertThat(workOfRing(links, near, to, links - 1)).isLessThan(40L * links);
    }
    Db db = chain();
    String some = "[:find (count ?b) . :with ?a :in $ % [?a ...] :where (r ?a ?b)]";
    List<Object> three = List.of(List.of(":c/key", 0), List.of(":c/key", 1), List.of(":c/key", 9));
    assertThat(db.q(some, far, three)).isEqualTo(3L * CHAIN - 1 - 2 - 10);
    assertThat(work(db, some, far, three)).isLessThan(3 * 40L * CHAIN);
  }

  @Test
  @Row("Q-26")
  void recursion_overAllPairs_doesWorkInTheirNumber() {
    Db db = chain();
    String far = "[[(r ?a ?b) [?a :c/next ?b]] [(r ?a ?b) [?a :c/next ?x] (r ?x ?b)]]";
    long pairs = (long) CHAIN * (CHAIN - 1) / 2;
    assertThat(work(db, "[:find ?a ?b :in $ % :where (r ?a ?b)]", far)).isLessThan(20 * pairs);
    assertThat(db.q("[:find (count ?a) . :with ?b :in $ % :where (r ?a ?b)]", far))
        .isEqualTo(pairs);
  }

  /// The order as written, with a lookup for each row: the rows after each clause, and for the
  /// first clause every fact of its attribute.
  @Test
  @Row("Q-12")
  void order_chosen_isNeverMuchWorseThanTheWrittenOne() {
    Random random = Seed.random("QueryWorkTest");
    Db db = TestDb.of(SCHEMA, things(random));
    for (int i = 0; i < 150; i++) {
      List<String> clauses = connected(random);
      long written = THINGS;
      for (int n = 1; n <= clauses.size(); n++) {
        written += 2L * rows(db, String.join(" ", clauses.subList(0, n)));
      }
      String query = "[:find ?e0 :where %s]".formatted(String.join(" ", clauses));
      assertThat(work(db, query)).as(query).isLessThan(8 * written + 2_000);
    }
  }

  private static String things(Random random) {
    var text = new StringBuilder("[");
    for (int i = 0; i < THINGS; i++) {
      text.append("{:db/id \"%d\" :r/key \"k%d\"".formatted(i, i));
      text.append(random.nextBoolean() ? " :r/plain " + random.nextInt(6) : "");
      text.append(random.nextBoolean() ? " :r/indexed " + random.nextInt(8) : "");
      text.append(random.nextBoolean() ? " :r/text \"s%d\"".formatted(random.nextInt(5)) : "");
      text.append(random.nextBoolean() ? " :r/ref \"%d\"".formatted(random.nextInt(THINGS)) : "");
      if (random.nextInt(3) == 0) {
        text.append(
            " :r/refs [\"%d\" \"%d\"]".formatted(random.nextInt(THINGS), random.nextInt(THINGS)));
      }
      text.append("}\n");
    }
    return text.append("]").toString();
  }

  /// How many different bindings of their variables fit these clauses.
  private static int rows(Db db, String clauses) {
    Set<String> variables = new TreeSet<>();
    Pattern.compile("\\?\\w+").matcher(clauses).results().forEach(x -> variables.add(x.group()));
    String query = "[:find %s :where %s]".formatted(String.join(" ", variables), clauses);
    return ((Set<?>) Objects.requireNonNull(db.q(query))).size();
  }

  /// Patterns each of which shares a variable with those before.
  private static List<String> connected(Random random) {
    List<String> clauses = new ArrayList<>();
    int entities = 1;
    for (int i = 2 + random.nextInt(3); i > 0; i--) {
      int e = random.nextInt(entities);
      switch (random.nextInt(5)) {
        case 0 -> clauses.add("[?e%d :r/plain %d]".formatted(e, random.nextInt(6)));
        case 1 -> clauses.add("[?e%d :r/indexed ?n%d]".formatted(e, random.nextInt(2)));
        case 2 -> clauses.add("[?e%d :r/text \"s%d\"]".formatted(e, random.nextInt(5)));
        case 3 -> clauses.add("[?e%d :r/ref ?e%d]".formatted(e, entities++));
        default -> clauses.add("[?e%d :r/refs ?e%d]".formatted(entities++, e));
      }
    }
    clauses.add("[?e0 :r/key ?s0]");
    return clauses;
  }
}
