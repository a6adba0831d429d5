/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.docs.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import page.bits.db.Bits;
import page.bits.db.DbError;
import page.bits.db.Functions;
import page.bits.db.QueryRequest;
import page.bits.error.BitsException;

final class LongQueriesTest {
  @Test
  void guide_timeouts_endQueries() {
    // sample: timeout
    String countUp =
        """
        [[(from [?n] ?m) [(inc ?n) ?m]]
         [(from [?n] ?m) [(inc ?n) ?x] (from ?x ?m)]]
        """; // without end
    QueryRequest endless =
        QueryRequest.of("[:find (count ?m) . :in % :where (from 1 ?m)]", countUp)
            .timeout(Duration.ofMillis(50));
    assertThatThrownBy(() -> Bits.query(endless))
        .isInstanceOfSatisfying(
            BitsException.class, late -> assertThat(late.is(DbError.QUERY_TIMEOUT)).isTrue());
    // end
  }

  @Test
  void guide_timeoutInTheForm_isThatOfTheMap() {
    try (var conn = Library.open("timeouts")) {
      // sample: timeout-map
      String titles = "[:find [?title ...] :where [_ :book/title ?title] [_ :book/year 1979]]";
      assertThat(
              (List<?>)
                  Bits.q(Map.of(":query", titles, ":args", List.of(conn.db()), ":timeout", 2_000)))
          .hasSize(3);
      // end
    }
  }

  @Test
  void guide_interrupts_endQueries() throws InterruptedException {
    try (var conn = Library.open("interrupts")) {
      var hasBegun = new CountDownLatch(1);
      Functions.registerQuery(
          "library/begun",
          _ -> {
            hasBegun.countDown();
            return true;
          });
      String countUp =
          "[[(from [?n] ?m) [(inc ?n) ?m]] [(from [?n] ?m) [(inc ?n) ?x] (from ?x ?m)]]";
      // sample: interrupt
      var outcome = new CompletableFuture<Object>();
      Thread query =
          Thread.startVirtualThread(
              () -> {
                try {
                  outcome.complete(
                      conn.db()
                          .q(
                              "[:find (count ?m) . :in $ % :where [(library/begun)] (from 1 ?m)]",
                              countUp));
                } catch (BitsException ended) {
                  outcome.complete(ended.code());
                }
              });
      hasBegun.await();
      query.interrupt(); // somebody closed the page
      assertThat(outcome.join()).isEqualTo(DbError.INTERRUPTED.code());
      // end
    }
  }
}
