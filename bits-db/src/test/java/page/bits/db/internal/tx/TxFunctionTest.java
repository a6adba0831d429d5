/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.db.Functions;
import page.bits.edn.Symbol;
import page.bits.error.BitsException;
import page.bits.error.ErrorCategory;
import page.bits.error.ErrorCode;
import page.bits.error.ErrorData;

/// Registered functions inside transactions.
final class TxFunctionTest {
  private static final String SCHEMA =
      """
      [{:db/ident :x/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
       {:db/ident :x/key :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}]
      """;

  enum AppError implements ErrorCode {
    NO_FUNDS;

    @Override
    public String code() {
      return ":app.error/no-funds";
    }

    @Override
    public ErrorCategory category() {
      return ErrorCategory.CONFLICT;
    }
  }

  private TestDb db = new TestDb();

  @BeforeAll
  static void register() {
    Functions.registerTx("test.tx/increment", TxFunctionTest::increment);
    Functions.registerTx(
        "test.tx/twice",
        (_, arguments) -> List.of(call("test.tx/increment", arguments), arguments.getLast()));
    Functions.registerTx("test.tx/endless", (_, _) -> List.of(call("test.tx/endless", List.of())));
    Functions.registerTx(
        "test.tx/refuse",
        (_, _) -> {
          throw new BitsException(AppError.NO_FUNDS, "Not enough", ErrorData.of("left", 3L));
        });
    Functions.registerTx(
        "test.tx/broken",
        (_, _) -> {
          throw new IllegalStateException("of ann");
        });
    Functions.registerTx(
        "test.tx/map", (_, arguments) -> List.of(Map.of(":db/id", "x", ":x/n", 7)));
  }

  private static List<?> increment(Db before, List<@Nullable Object> arguments) {
    Object e = Objects.requireNonNull(arguments.getFirst());
    long n = (Long) before.entity(e).get(":x/n").orElse(0L);
    return List.of(List.of(":db/add", e, ":x/n", n + 1));
  }

  private static List<Object> call(String name, List<?> arguments) {
    var call = new java.util.ArrayList<Object>(List.of(Symbol.of(name)));
    call.addAll(arguments);
    return call;
  }

  @BeforeEach
  void start() {
    db = TestDb.with(SCHEMA);
    db.transact("[{:x/key \"a\" :x/n 1}]");
  }

  private @Nullable Object n() {
    return db.value(List.of(":x/key", "a"), ":x/n");
  }

  @Test
  @Row({"T-06", "T-46"})
  void call_bySymbolOrKeyword_isTheRegisteredFunction() {
    db.transact("[[test.tx/increment [:x/key \"a\"]]]");
    assertThat(n()).isEqualTo(2L);
    db.transact("[[:test.tx/increment [:x/key \"a\"]]]");
    assertThat(n()).isEqualTo(3L);
  }

  @Test
  @Row("T-06")
  void call_insideAResult_isExpandedToo() {
    Evaluated evaluated = db.transact("[[test.tx/twice [:x/key \"a\"] [:db/add \"b\" :x/n 5]]]");
    assertThat(n()).isEqualTo(2L);
    assertThat(db.value(TestDb.id(evaluated, "b"), ":x/n")).isEqualTo(5L);
  }

  @Test
  @Row({"T-30", "T-53"})
  void call_twice_seesOnlyTheValueBefore() {
    db.transact("[[test.tx/increment [:x/key \"a\"]] [test.tx/increment [:x/key \"a\"]]]");
    assertThat(n()).isEqualTo(2L);
  }

  @Test
  @Row("T-52")
  void call_besideAnAssertionOfItsResult_isOneDatom() {
    db.transact("[[:db/add [:x/key \"a\"] :x/n 2] [test.tx/increment [:x/key \"a\"]]]");
    assertThat(n()).isEqualTo(2L);
  }

  @Test
  void call_returningMaps_sharesTheTempidsOfTheTransaction() {
    Evaluated evaluated = db.transact("[[test.tx/map] {:db/id \"x\" :x/key \"b\"}]");
    assertThat(evaluated.tempids()).containsOnlyKeys("x");
    assertThat(db.value(List.of(":x/key", "b"), ":x/n")).isEqualTo(7L);
  }

  @Test
  @Row("T-06")
  void call_unknown_isRefusedByNameWithNearOnes() {
    BitsException refusal =
        db.refused(DbError.FUNCTION_MISSING, "[[:db/add \"x\" :x/n 1] [test.tx/incremnt 1]]");
    assertThat(refusal.data())
        .containsEntry("form", 1)
        .containsEntry("function", "test.tx/incremnt")
        .containsEntry("near", List.of("test.tx/increment"));
    assertThat(db.refused(DbError.FUNCTION_MISSING, "[[:db/ad 1 2 3]]").data())
        .containsEntry("near", List.of(":db/add"));
  }

  @Test
  @Row("T-43")
  void call_thatRefuses_reachesTheCallerAsItIs() {
    var refusal =
        catchThrowableOfType(BitsException.class, () -> db.transact("[[test.tx/refuse]]"));
    assertThat(refusal.is(AppError.NO_FUNDS)).isTrue();
    assertThat(refusal.data()).containsEntry("left", 3L);
  }

  @Test
  @Row("T-44")
  void call_thatThrows_refusesTheTransactionAndHidesTheMessage() {
    BitsException refusal = db.refused(DbError.FUNCTION_FAILED, "[[test.tx/broken]]");
    assertThat(refusal.data())
        .containsEntry("function", "test.tx/broken")
        .containsEntry("problem", "java.lang.IllegalStateException")
        .containsEntry("message", "of ann");
    assertThat(refusal.getMessage()).doesNotContain("ann");
    assertThat(refusal).hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void call_withoutEnd_isRefused() {
    assertThat(db.refused(DbError.TOO_LARGE, "[[test.tx/endless]]").data())
        .containsEntry("function", "test.tx/endless");
  }
}
