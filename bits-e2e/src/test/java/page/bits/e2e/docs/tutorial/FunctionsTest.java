/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.docs.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.db.Functions;
import page.bits.error.BitsException;

final class FunctionsTest {
  // sample: attribute-predicate
  /// An ISBN of ten digits whose last one fits the others.
  static boolean isIsbn(Object value) {
    String isbn = (String) value;
    int sum = 0;
    for (int i = 0; i < isbn.length(); i++) {
      int digit = isbn.charAt(i) == 'X' ? 10 : Character.digit(isbn.charAt(i), 10);
      sum += (10 - i) * digit;
    }
    return isbn.length() == 10 && sum % 11 == 0;
  }

  // end

  // sample: entity-predicate
  /// Whether a loan ends after it begins, in the database after the transaction.
  static boolean isInOrder(Db after, long loan) {
    var dates = after.pull("[:loan/from :loan/until]", loan);
    return dates
        .instant(":loan/from")
        .orElseThrow()
        .isBefore(dates.instant(":loan/until").orElseThrow());
  }

  // end

  // sample: aggregate-function
  /// The value that occurs most often; of several the smallest.
  static Object mode(List<Object> values) {
    var counts = new TreeMap<Object, Integer>();
    values.forEach(value -> counts.merge(value, 1, Integer::sum));
    int most = counts.values().stream().mapToInt(n -> n).max().orElseThrow();
    return counts.keySet().stream().filter(x -> counts.get(x) == most).findFirst().orElseThrow();
  }

  // end

  @Test
  void guide_predicates_refuseWhatTheyAreMeantTo() {
    try (var conn = Library.open("predicates")) {
      // sample: attribute-predicate-use
      Functions.registerAttributePredicate("library/isbn?", FunctionsTest::isIsbn);
      conn.ensureSchema(
          """
          [{:db/ident :edition/isbn :db/valueType :db.type/string
            :db/cardinality :db.cardinality/one :db.attr/preds library/isbn?}]
          """);
      conn.transact("[{:edition/isbn \"0061054887\"}]");
      assertThatThrownBy(() -> conn.transact("[{:edition/isbn \"0061054888\"}]"))
          .isInstanceOfSatisfying(
              BitsException.class,
              refused -> {
                assertThat(refused.is(DbError.ATTR_PRED)).isTrue();
                assertThat(refused.data().get("pred-return")).isEqualTo(false);
              });
      // end
      // sample: entity-predicate-use
      Functions.registerEntityPredicate("library/in-order?", FunctionsTest::isInOrder);
      conn.ensureSchema(
          """
          [{:db/ident :loan/from :db/valueType :db.type/instant :db/cardinality :db.cardinality/one}
           {:db/ident :loan/until :db/valueType :db.type/instant :db/cardinality :db.cardinality/one}
           {:db/ident :loan/valid
            :db.entity/attrs [:loan/from :loan/until]
            :db.entity/preds library/in-order?}]
          """);
      conn.transact(
          "[{:loan/from #inst \"2026-11-01\" :loan/until #inst \"2026-11-30\" :db/ensure :loan/valid}]");
      assertThatThrownBy(
              () ->
                  conn.transact(
                      "[{:loan/from #inst \"2026-11-30\" :loan/until #inst \"2026-11-01\" :db/ensure :loan/valid}]"))
          .isInstanceOfSatisfying(
              BitsException.class, refused -> assertThat(refused.is(DbError.ENTITY_PRED)).isTrue());
      // end
    }
  }

  @Test
  void guide_queryFunctions_runAsShown() {
    try (var conn = Library.open("functions")) {
      Db db = conn.db();
      // sample: query-function
      Functions.registerQuery(
          "library/slug", x -> String.valueOf(x.get(0)).toLowerCase(Locale.ROOT).replace(' ', '-'));
      Functions.registerQuery("library/short?", x -> String.valueOf(x.get(0)).length() < 10);
      assertThat(
              db.q(
                  """
                  [:find [?slug ...]
                   :where [_ :book/title ?title]
                          [(library/short? ?title)]
                          [(library/slug ?title) ?slug]]
                  """))
          .isEqualTo(List.of("kindred"));
      // end
      // sample: query-source
      Functions.registerQuery(
          "library/books-of",
          x ->
              ((Db) x.get(0)).q("[:find [?b ...] :in $ ?a :where [?b :book/author ?a]]", x.get(1)));
      assertThat(
              db.q(
                  """
                  [:find (count ?book) .
                   :where [?author :author/name "Ursula K. Le Guin"]
                          [(library/books-of $ ?author) [?book ...]]]
                  """))
          .isEqualTo(2L);
      // end
    }
  }

  @Test
  void guide_aggregates_giveWhatIsShown() {
    try (var conn = Library.open("aggregates")) {
      Db db = conn.db();
      // sample: aggregates
      assertThat(
              db.q(
                  """
                  [:find (count ?book) (min ?year) (max ?year) (avg ?year) (median ?year)
                   :where [?book :book/year ?year]]
                  """))
          .isEqualTo(Set.of(List.of(3L, 1971L, 1979L, 5924 / 3.0, 1974L)));
      assertThat(db.q("[:find (min 2 ?year) . :where [_ :book/year ?year]]"))
          .isEqualTo(List.of(1971L, 1974L));
      // end
      // sample: with
      conn.transact("[{:book/isbn \"444\" :book/title \"Parable\" :book/year 1979}]");
      assertThat(conn.db().q("[:find (sum ?year) . :where [_ :book/year ?year]]"))
          .isEqualTo(1971L + 1974 + 1979); // the years
      assertThat(conn.db().q("[:find (sum ?year) . :with ?book :where [?book :book/year ?year]]"))
          .isEqualTo(1971L + 1974 + 1979 + 1979); // the years of the books
      assertThat(conn.db().q("[:find (count ?b) . :where [?b :book/year 1812]]")).isNull();
      // end
      // sample: custom-aggregate
      Functions.registerAggregate("library/mode", (values, _) -> mode(values));
      assertThat(
              conn.db()
                  .q("[:find (library/mode ?year) . :with ?book :where [?book :book/year ?year]]"))
          .isEqualTo(1979L);
      // end
      // sample: aggregate-constant
      Functions.registerAggregate(
          "library/join",
          (values, constants) ->
              values.stream()
                  .map(String::valueOf)
                  .sorted()
                  .reduce((x, y) -> x + constants.get(0) + y)
                  .orElseThrow());
      assertThat(
              db.q(
                  """
                  [:find ?name (library/join ", " ?title)
                   :where [?book :book/author ?author]
                          [?author :author/name ?name]
                          [?book :book/title ?title]]
                  """))
          .isEqualTo(
              Set.of(
                  List.of("Ursula K. Le Guin", "The Dispossessed, The Lathe of Heaven"),
                  List.of("Octavia E. Butler", "Kindred")));
      // end
    }
  }
}
