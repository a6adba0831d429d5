/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.docs.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import page.bits.db.Db;

final class QueriesTest {
  // sample: record
  record Title(String title, long year) {}

  // end

  @Test
  void page2_queries_runsAsShown() {
    try (var conn = Library.open("queries")) {
      Db db = conn.db();
      // sample: join
      assertThat(
              db.q(
                  """
                  [:find ?title ?name
                   :where [?book :book/author ?author]
                          [?book :book/title ?title]
                          [?author :author/name ?name]
                          [?book :book/subjects :dreams]]
                  """))
          .isEqualTo(Set.of(List.of("The Lathe of Heaven", "Ursula K. Le Guin")));
      // end
      // sample: input
      assertThat(
              db.q(
                  """
                  [:find [?title ...]
                   :in $ ?name ?before
                   :where [?author :author/name ?name]
                          [?book :book/author ?author]
                          [?book :book/year ?year]
                          [(< ?year ?before)]
                          [?book :book/title ?title]]
                  """,
                  "Ursula K. Le Guin",
                  1973))
          .isEqualTo(List.of("The Lathe of Heaven"));
      // end
      // sample: rows
      List<Title> titles =
          db.query(
                  "[:find ?title ?year :keys title year"
                      + " :where [?b :book/title ?title] [?b :book/year ?year] [(> ?year 1975)]]")
              .list(Title.class);
      assertThat(titles).containsExactly(new Title("Kindred", 1979));
      // end
      // sample: not
      assertThat(
              db.q(
                  """
                  [:find [?name ...]
                   :where [?author :author/name ?name]
                          (not-join [?author]
                            [?book :book/author ?author]
                            [?book :book/subjects :time])]
                  """))
          .isEqualTo(List.of("Ursula K. Le Guin"));
      // end
      // sample: or
      assertThat(
              db.q(
                  """
                  [:find (count ?book) .
                   :where [?book :book/title]
                          (or [?book :book/subjects :dreams]
                              [?book :book/subjects :time])]
                  """))
          .isEqualTo(2L);
      // end
      // sample: aggregates
      assertThat(
              db.q(
                  """
                  [:find ?name (count ?book) (min ?year)
                   :where [?book :book/author ?author]
                          [?author :author/name ?name]
                          [?book :book/year ?year]]
                  """))
          .isEqualTo(
              Set.of(
                  List.of("Ursula K. Le Guin", 2L, 1971L),
                  List.of("Octavia E. Butler", 1L, 1979L)));
      // end
      // sample: rules
      String rules =
          """
          [[(colleague ?a ?b) [?book :book/author ?a] [?book :book/author ?b] [(!= ?a ?b)]]
           [(connected ?a ?b) (colleague ?a ?b)]
           [(connected ?a ?b) (colleague ?a ?c) (connected ?c ?b)]]
          """;
      conn.transact(
          """
          [{:book/isbn "555" :book/title "An Anthology"
            :book/author [[:author/name "Octavia E. Butler"] "new"]}
           {:db/id "new" :author/name "Samuel R. Delany"}
           {:book/isbn "666" :book/title "Another"
            :book/author ["new" [:author/name "Ursula K. Le Guin"]]}]
          """);
      assertThat(
              conn.db()
                  .q(
                      """
                      [:find [?name ...]
                       :in $ % ?from
                       :where [?a :author/name ?from]
                              (connected ?a ?b)
                              [?b :author/name ?name]
                              [(!= ?a ?b)]]
                      """,
                      rules, "Octavia E. Butler"))
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
          .containsExactlyInAnyOrder("Samuel R. Delany", "Ursula K. Le Guin");
      // end
    }
  }
}
