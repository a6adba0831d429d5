/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.db.Functions;
import page.bits.db.internal.Blog;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// Functions, predicates and aggregates that a program registered, in queries.
final class RegisteredFunctionsTest {
  private static final Db DB = Blog.db();

  @BeforeAll
  static void register() {
    Functions.registerQuery(
        "query.test/slug", x -> slug((String) Objects.requireNonNull(x.getFirst())));
    Functions.registerQuery(
        "query.test/older?",
        x -> (Long) Objects.requireNonNull(x.get(0)) > (Long) Objects.requireNonNull(x.get(1)));
    Functions.registerQuery(
        "query.test/friends",
        x ->
            ((Db) Objects.requireNonNull(x.get(0)))
                .q(
                    "[:find [?f ...] :in $ ?e :where [?e :user/friends ?f]]",
                    Objects.requireNonNull(x.get(1))));
    Functions.registerQuery(
        "query.test/rows", x -> ((List<?>) Objects.requireNonNull(x.getFirst())).size());
    Functions.registerQuery(
        "query.test/refuse",
        _ -> {
          throw new BitsException(DbError.CAS_FAILED, "refused", ErrorData.none());
        });
    Functions.registerQuery(
        "query.test/broken",
        _ -> {
          throw new IllegalStateException("secret");
        });
    Functions.registerAggregate("query.test/range", (values, _) -> range(values));
    Functions.registerAggregate(
        "query.test/join",
        (values, constants) -> {
          List<String> sorted = new ArrayList<>(values.stream().map(String::valueOf).toList());
          Collections.sort(sorted);
          return String.join(String.valueOf(constants.getFirst()), sorted);
        });
  }

  private static String slug(String name) {
    return name.toLowerCase(java.util.Locale.ROOT) + "-1";
  }

  private static long range(List<Object> values) {
    List<Long> numbers = values.stream().map(Long.class::cast).toList();
    return Collections.max(numbers) - Collections.min(numbers);
  }

  @Test
  @Row({"Q-31", "Q-39"})
  void function_registered_isCalledByName() {
    assertThat(DB.q("[:find ?s . :where [_ :user/name \"Bob\"] [(query.test/slug \"Bob\") ?s]]"))
        .isEqualTo("bob-1");
    assertThat(
            DB.q(
                "[:find [?n ...] :where [?e :user/age ?a] [(query.test/older? ?a 35)]"
                    + " [?e :user/name ?n]]"))
        .isEqualTo(List.of("Bob"));
  }

  @Test
  @Row("Q-31")
  void function_thatTakesASource_getsIt() {
    assertThat(
            DB.q(
                "[:find [?n ...] :where [?e :user/name \"Bob\"]"
                    + " [(query.test/friends $ ?e) [?f ...]] [?f :user/name ?n]]"))
        .isEqualTo(List.of("Ann"));
    assertThat(
            DB.q(
                "[:find ?c . :in $ $rows :where [(query.test/rows $rows) ?c]]",
                List.of(List.of(1), List.of(2))))
        .isEqualTo(2L);
  }

  @Test
  @Row("Q-55")
  void function_thatRefuses_refusesTheQueryWithItsCode() {
    assertThatThrownBy(() -> DB.q("[:find ?x :where [(query.test/refuse) ?x]]"))
        .isInstanceOfSatisfying(
            BitsException.class,
            refused -> assertThat(refused.code()).isEqualTo(DbError.CAS_FAILED.code()));
  }

  @Test
  @Row("Q-31")
  void function_thatBreaks_isNamedWithoutItsMessage() {
    assertThatThrownBy(() -> DB.q("[:find ?x :where [(query.test/broken) ?x]]"))
        .isInstanceOfSatisfying(
            BitsException.class,
            failed -> {
              assertThat(failed.code()).isEqualTo(DbError.FUNCTION_FAILED.code());
              assertThat(failed.data().get("function")).isEqualTo("query.test/broken");
              assertThat(failed.getMessage()).doesNotContain("secret");
            });
  }

  @Test
  @Row("Q-31")
  void function_misspelt_namesTheNearOnes() {
    assertThatThrownBy(() -> DB.q("[:find ?x :where [(query.test/slgu \"a\") ?x]]"))
        .isInstanceOfSatisfying(
            BitsException.class,
            refused ->
                assertThat(String.valueOf(refused.data().get("near"))).contains("query.test/slug"));
  }

  @Test
  @Row({"Q-05", "Q-40"})
  void aggregate_registered_getsValuesAndConstants() {
    assertThat(DB.q("[:find (query.test/range ?a) . :where [_ :user/age ?a]]")).isEqualTo(20L);
    assertThat(DB.q("[:find (query.test/join \"+\" ?n) . :where [_ :user/name ?n]]"))
        .isEqualTo("Ann+Bob+Cid+Dee");
    assertThat(
            DB.q("[:find (query.test/range ?a) :where [?e :user/name \"Zed\"] [?e :user/age ?a]]"))
        .isEqualTo(Set.of());
  }
}
