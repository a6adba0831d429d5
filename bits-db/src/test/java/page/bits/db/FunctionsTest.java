/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import page.bits.error.BitsException;

/// The registry of named functions.
final class FunctionsTest {
  /// Named in `META-INF/services` of the tests.
  public static final class Provider implements FunctionProvider {
    @Override
    public void register() {
      Functions.registerQuery("test.provided/one", _ -> 1L);
    }
  }

  @Test
  void find_registeredOrProvided_isTheFunction() {
    Functions.AttributePredicate predicate = value -> value.equals(1L);
    Functions.registerAttributePredicate("test.functions/one?", predicate);
    assertThat(Functions.find(Functions.AttributePredicate.class, "test.functions/one?"))
        .containsSame(predicate);
    assertThat(Functions.find(Functions.EntityPredicate.class, "test.functions/one?")).isEmpty();
    assertThat(
            Functions.find(Functions.QueryFunction.class, "test.provided/one")
                .orElseThrow()
                .call(List.of()))
        .isEqualTo(1L);
    assertThat(Functions.names(Functions.QueryFunction.class)).contains("test.provided/one");
  }

  @Test
  void register_sameNameOfTheSameKind_isRefusedUnlessItIsTheSameFunction() {
    Functions.TxFunction function = (_, _) -> List.of();
    Functions.registerTx("test.functions/same", function);
    Functions.registerTx("test.functions/same", function);
    Functions.registerAggregate("test.functions/same", (values, _) -> values.getFirst());
    BitsException error =
        catchThrowableOfType(
            BitsException.class,
            () -> Functions.registerTx("test.functions/same", (_, _) -> List.of("other")));
    assertThat(error.is(DbError.FUNCTION_NAME)).isTrue();
    assertThat(error.data()).containsEntry("function", "test.functions/same");
  }

  @Test
  void register_nameWithoutNamespace_isRefused() {
    for (String name : List.of("inc", "/inc", "app/", ":app/inc")) {
      BitsException error =
          catchThrowableOfType(
              BitsException.class, () -> Functions.registerTx(name, (_, _) -> List.of()));
      assertThat(error.is(DbError.FUNCTION_NAME)).as(name).isTrue();
    }
  }
}
