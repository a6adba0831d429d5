/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import page.bits.db.Db;
import page.bits.db.Recorded;
import page.bits.db.TxReport;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;
import page.bits.error.BitsException;
import page.bits.testkit.Property;
import page.bits.testkit.Seed;

/// What a query reads is recorded exactly enough: when a transaction touches none of it, the result
/// is the same. Live views rest on this.
final class RecordedQueryPropertyTest {
  private static final int DATABASES = 15;
  private static final int QUERIES = 60;
  private static final int TRANSACTIONS = 4;

  /// The t of the schema, about: what was said since is everything else.
  private static final long SINCE = 1_000;

  private static final Keyword COUNTED = Keyword.of("counted");
  private static final Keyword CHANGES = Keyword.of("changes");

  private int untouched;
  private int changed;

  @Test
  void recorded_randomQueries_changeOnlyWhenTouched() {
    long seed = Seed.of("RecordedQueryPropertyTest");
    Random random = new Random(seed);
    var property = new Property("RecordedQueryPropertyTest", seed, this::check);
    for (int i = 0; i < DATABASES; i++) {
      var cases = new RandomCases(random, 4 + random.nextInt(10));
      for (int j = 0; j < QUERIES; j++) {
        Map<Keyword, Object> aCase = cases.next().toEdn();
        if (random.nextInt(3) == 0) {
          aCase.put(COUNTED, true);
        }
        aCase.put(CHANGES, Stream.generate(() -> forms(random)).limit(TRANSACTIONS).toList());
        property.check(aCase);
      }
    }
    assertThat(untouched).isGreaterThan(DATABASES * QUERIES / 20);
    assertThat(changed).isGreaterThan(DATABASES * QUERIES / 20);
  }

  private void check(Object edn) {
    Map<?, ?> aCase = (Map<?, ?>) edn;
    RandomQuery query = QueryCase.of(edn).query();
    Db db = RandomDb.of(QueryCase.of(edn).transactions()).db();
    List<?> find = aCase.containsKey(COUNTED) ? counted(query) : query.find();
    Recorded<Optional<Object>> recorded;
    try {
      recorded = db.recorded(value -> Optional.ofNullable(run(value, query, find)));
    } catch (BitsException refused) {
      return;
    }
    for (Object forms : (List<?>) Objects.requireNonNull(aCase.get(CHANGES))) {
      TxReport report = db.with((List<?>) Objects.requireNonNull(forms));
      Object after = run(report.dbAfter(), query, find);
      boolean isTouched = recorded.reads().touchedBy(report.txData());
      boolean isSame = Objects.equals(recorded.result().orElse(null), after);
      untouched += isTouched ? 0 : 1;
      changed += isSame ? 0 : 1;
      assertThat(isTouched || isSame).as("untouched and changed by " + report.txData()).isTrue();
    }
  }

  private static @Nullable Object run(Db db, RandomQuery query, List<?> find) {
    return db.q(query.form(query.where(), find), query.inputs(db, SINCE));
  }

  private static List<?> counted(RandomQuery query) {
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
