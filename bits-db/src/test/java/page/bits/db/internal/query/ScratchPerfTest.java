/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query;

import java.util.Random;
import org.junit.jupiter.api.Test;
import page.bits.db.Db;
import page.bits.db.internal.TestDb;

final class ScratchPerfTest {
  @Test
  void perf() {
    var text = new StringBuilder("[");
    Random random = new Random(1);
    String[] names = {"Ivan", "Petr", "Sergei", "Oleg", "Yuri", "Dmitry", "Fedor", "Denis"};
    for (int i = 0; i < 20_000; i++) {
      text.append(
          "{:name \"%s\" :last-name \"L%d\" :sex :sex/%s :age %d :salary %d :nick \"n%d\"}\n"
              .formatted(
                  names[random.nextInt(8)],
                  random.nextInt(8),
                  random.nextBoolean() ? "m" : "f",
                  random.nextInt(100),
                  random.nextInt(100_000),
                  i));
    }
    Db db =
        TestDb.of(
            "["
                + TestDb.attribute(":name", "string", "one", "")
                + TestDb.attribute(":last-name", "string", "one", "")
                + TestDb.attribute(":sex", "keyword", "one", "")
                + TestDb.attribute(":age", "long", "one", "")
                + TestDb.attribute(":salary", "long", "one", ":db/index true")
                + TestDb.attribute(":nick", "string", "one", ":db/unique :db.unique/identity")
                + "]",
            text.append("]").toString());
    String[] queries = {
      "[:find ?e :where [?e :name \"Ivan\"]]",
      "[:find ?e ?a :where [?e :name \"Ivan\"] [?e :age ?a]]",
      "[:find ?e ?a :where [?e :name \"Ivan\"] [?e :age ?a] [?e :sex :sex/m]]",
      "[:find ?e ?l ?a :where [?e :name \"Ivan\"] [?e :last-name ?l] [?e :age ?a] [?e :sex :sex/m]]",
      "[:find ?e1 ?l ?a :where [?e :name \"Ivan\"] [?e :age ?a] [?e1 :age ?a] [?e1 :last-name \"L1\"] [?e1 :sex ?l]]",
      "[:find ?e ?s :where [?e :salary ?s] [(> ?s 95000)]]",
      "[:find ?e . :where [?e :nick \"n777\"]]",
      "[:find ?a (count ?e) (max ?s) :where [?e :age ?a] [?e :salary ?s]]",
      "[:find ?e :where [?e :name \"Ivan\"] (not [?e :sex :sex/m])]",
    };
    for (String q : queries) {
      long best = Long.MAX_VALUE;
      int size = 0;
      for (int i = 0; i < 60; i++) {
        long start = System.nanoTime();
        size = db.query(q).size();
        best = Math.min(best, System.nanoTime() - start);
      }
      System.err.printf("PERF %.3f ms %d rows %s%n", best / 1e6, size, q);
    }
  }
}
