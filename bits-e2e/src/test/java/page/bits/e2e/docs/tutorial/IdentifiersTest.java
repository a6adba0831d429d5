/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.docs.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import page.bits.db.Tx;
import page.bits.db.Uuids;

final class IdentifiersTest {
  @Test
  void guide_identifiers_runAsShown() {
    try (var conn = Library.open("identifiers")) {
      // sample: v7
      conn.ensureSchema(
          """
          [{:db/ident :loan/id :db/valueType :db.type/uuid
            :db/cardinality :db.cardinality/one :db/unique :db.unique/identity}
           {:db/ident :loan/book :db/valueType :db.type/ref :db/cardinality :db.cardinality/one}]
          """);
      UUID id = Uuids.v7();
      conn.transact(
          Tx.builder()
              .put("loan", ":loan/id", id, ":loan/book", Tx.lookup(":book/isbn", "111"))
              .build());
      assertThat(conn.db().pull("[{:loan/book [:book/title]}]", List.of(":loan/id", id)).toString())
          .contains("The Dispossessed");
      // end
      // sample: time
      Instant made = Uuids.time(id); // to the millisecond
      assertThat(made).isBetween(Instant.now().minus(1, ChronoUnit.DAYS), Instant.now());
      UUID squuid = Uuids.squuid(); // as Datomic's: to the second
      assertThat(Uuids.time(squuid).getNano()).isZero();
      // end
    }
  }
}
