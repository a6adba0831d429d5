/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Functions;
import page.bits.db.Index;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;
import page.bits.error.BitsException;
import page.bits.error.ErrorCategory;
import page.bits.error.ErrorCode;
import page.bits.error.ErrorData;

/// What programs call by name, for Bits: transaction functions, predicates of attributes and
/// entities, functions and aggregates of queries. Datomic has the same in Clojure
/// (`judge/functions.clj` of `bits-datomic`); a change here is a change there.
final class JudgeFunctions {
  private static final Keyword TAGS = Keyword.of("p/tags");
  private static final Keyword ADD = Keyword.of("db/add");

  private enum JudgeError implements ErrorCode {
    REFUSED;

    @Override
    public String code() {
      return ":judge/refused";
    }

    @Override
    public ErrorCategory category() {
      return ErrorCategory.CONFLICT;
    }
  }

  static {
    Functions.registerTx("judge.functions/bump", JudgeFunctions::bump);
    Functions.registerTx("judge.functions/tag-all", JudgeFunctions::tagAll);
    Functions.registerTx("judge.functions/both", JudgeFunctions::both);
    Functions.registerTx("judge.functions/make", JudgeFunctions::make);
    Functions.registerTx("judge.functions/nothing", (_, _) -> List.of());
    Functions.registerTx("judge.functions/refuse", (_, _) -> refuse());
    Functions.registerTx("judge.functions/fail", (_, arguments) -> fail(arguments.getFirst()));
    Functions.registerAttributePredicate("judge.functions/small?", JudgeFunctions::isSmall);
    Functions.registerAttributePredicate(
        "judge.functions/even-or-word?",
        value -> (Long) value % 2 == 0 ? true : Keyword.of("judge/odd"));
    Functions.registerEntityPredicate(
        "judge.functions/tidy?",
        (after, e) -> tagsOf(after, e) <= 1 ? true : Keyword.of("judge/untidy"));
    Functions.registerQuery("judge.functions/twice", x -> 2 * (Long) given(x, 0));
    Functions.registerQuery("judge.functions/low?", x -> (Long) given(x, 0) < 3);
    Functions.registerQuery(
        "judge.functions/tags-of", x -> tagsOf((Db) given(x, 0), (Long) given(x, 1)));
    Functions.registerAggregate(
        "judge.functions/product",
        (values, _) ->
            values.stream().mapToLong(value -> (Long) value).reduce(-1, (a, b) -> a * b));
  }

  private JudgeFunctions() {}

  /// Has them registered; more than once changes nothing.
  static void register() {
    // the class is initialised by now
  }

  private static Object given(List<? extends @Nullable Object> arguments, int index) {
    return Objects.requireNonNull(arguments.get(index));
  }

  private static List<?> bump(Db before, List<@Nullable Object> x) {
    Object e = given(x, 0);
    Object value = before.entid(e).isPresent() ? before.entity(e).get(given(x, 1)).orElse(0L) : 0L;
    return List.of(List.of(ADD, e, given(x, 1), (Long) given(x, 2) + (Long) value));
  }

  private static List<?> tagAll(Db before, List<@Nullable Object> x) {
    var forms = new ArrayList<Object>();
    for (Datom datom : before.datoms(Index.AVET, given(x, 0), given(x, 1))) {
      forms.add(List.of(ADD, datom.e(), TAGS, given(x, 2)));
    }
    return forms;
  }

  private static List<?> both(Db before, List<@Nullable Object> x) {
    Symbol bump = Symbol.of("judge.functions/bump");
    return List.of(
        List.of(bump, given(x, 0), Keyword.of("p/n"), given(x, 1)),
        List.of(bump, given(x, 0), Keyword.of("p/i"), 1L));
  }

  private static List<?> make(Db before, List<@Nullable Object> x) {
    return List.of(
        Map.of(
            Keyword.of("db/id"),
            given(x, 0),
            Keyword.of("p/k"),
            given(x, 1),
            Keyword.of("p/n"),
            given(x, 2)));
  }

  private static List<?> refuse() {
    throw new BitsException(JudgeError.REFUSED, "refused", ErrorData.none());
  }

  private static List<?> fail(@Nullable Object n) {
    throw new IllegalStateException(String.valueOf(n));
  }

  private static Object isSmall(Object value) {
    if (value.equals(5L)) {
      throw new IllegalStateException("five");
    }
    return (Long) value < 4;
  }

  private static long tagsOf(Db db, long e) {
    return db.entity(e).get(TAGS).map(tags -> ((Collection<?>) tags).size()).orElse(0);
  }
}
