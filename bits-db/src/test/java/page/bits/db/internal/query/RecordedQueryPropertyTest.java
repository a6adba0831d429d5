/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import page.bits.db.Db;
import page.bits.db.Recorded;
import page.bits.db.TxReport;
import page.bits.db.internal.Seed;
import page.bits.edn.Edn;
import page.bits.edn.Symbol;
import page.bits.error.BitsException;

/// What a query reads is recorded exactly enough: when a transaction touches none of it, the result
/// is the same. Live views rest on this.
final class RecordedQueryPropertyTest {
  private static final int DATABASES = 15;
  private static final int QUERIES = 60;
  private static final int TRANSACTIONS = 4;

  /// The t of the schema, about: what was said since is everything else.
  private static final long SINCE = 1_000;

  private int untouched;
  private int changed;

  @Test
  void recorded_randomQueries_changeOnlyWhenTouched() {
    Random random = Seed.random("RecordedQueryPropertyTest");
    var queries = new RandomQueries(random);
    for (int i = 0; i < DATABASES; i++) {
      RandomDb made = RandomDb.of(random, 4 + random.nextInt(10));
      for (int j = 0; j < QUERIES; j++) {
        check(random, made.db(), queries.query(made.entities()));
      }
    }
    assertThat(untouched).isGreaterThan(DATABASES * QUERIES / 20);
    assertThat(changed).isGreaterThan(DATABASES * QUERIES / 20);
  }

  private void check(Random random, Db db, RandomQuery query) {
    List<?> find = random.nextInt(3) == 0 ? aggregated(query) : query.find();
    Recorded<Optional<Object>> recorded;
    try {
      recorded = db.recorded(value -> Optional.ofNullable(run(value, query, find)));
    } catch (BitsException refused) {
      return;
    }
    for (int i = 0; i < TRANSACTIONS; i++) {
      TxReport report = db.with(forms(random));
      Object after = run(report.dbAfter(), query, find);
      boolean isTouched = recorded.reads().touchedBy(report.txData());
      boolean isSame = Objects.equals(recorded.result().orElse(null), after);
      untouched += isTouched ? 0 : 1;
      changed += isSame ? 0 : 1;
      assertThat(isTouched || isSame)
          .as("untouched and changed: " + query.shown() + "\n by " + report.txData())
          .isTrue();
    }
  }

  private static @Nullable Object run(Db db, RandomQuery query, List<?> find) {
    return db.q(query.form(query.where(), find), query.inputs(db, SINCE));
  }

  private static List<?> aggregated(RandomQuery query) {
    Symbol last = query.find().getLast();
    return List.of(Objects.requireNonNull(Edn.read("(count %s)".formatted(last))));
  }

  /// One fact of one entity.
  private static List<?> forms(Random random) {
    String entity = "[:r/key \"k%d\"]".formatted(random.nextInt(4));
    String form =
        switch (random.nextInt(6)) {
          case 0 -> "[:db/add %s :r/plain %d]".formatted(entity, random.nextInt(6));
          case 1 -> "[:db/add %s :r/indexed %d]".formatted(entity, random.nextInt(8));
          case 2 -> "[:db/add %s :r/tags \"s%d\"]".formatted(entity, random.nextInt(5));
          case 3 -> "[:db/retract %s :r/ref]".formatted(entity);
          case 4 -> "[:db/add %s :r/ref [:r/key \"k%d\"]]".formatted(entity, random.nextInt(4));
          default -> "{:r/key \"new\" :r/text \"s%d\"}".formatted(random.nextInt(5));
        };
    return (List<?>) Objects.requireNonNull(Edn.read("[" + form + "]"));
  }
}
