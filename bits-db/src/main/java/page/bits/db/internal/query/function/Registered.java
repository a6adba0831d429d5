/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.function;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import page.bits.db.Functions;
import page.bits.db.internal.query.algebra.Aggregate;
import page.bits.db.internal.query.algebra.DataSource;
import page.bits.db.internal.query.algebra.Function;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.error.BitsException;

/// The functions and aggregates of Java that are registered by name, as queries call them.
final class Registered {
  private Registered() {}

  static Optional<Function> function(String name) {
    return Functions.find(Functions.QueryFunction.class, name)
        .map(
            function ->
                new Function(
                    name,
                    0,
                    Function.ANY,
                    Function.Sources.ANY,
                    x -> guarded(name, () -> function.call(outside(x)))));
  }

  static List<String> functionNames() {
    return Functions.names(Functions.QueryFunction.class);
  }

  static Optional<Aggregate> aggregate(String name) {
    return Functions.find(Functions.Aggregate.class, name)
        .map(
            aggregate ->
                new Aggregate(name, 1, Function.ANY, x -> guarded(name, () -> of(aggregate, x))));
  }

  static List<String> aggregateNames() {
    return Functions.names(Functions.Aggregate.class);
  }

  private static @Nullable Object of(Functions.Aggregate aggregate, @Nullable Object[] arguments) {
    List<Object> values = List.of();
    List<@Nullable Object> constants = new ArrayList<>();
    for (Object argument : outside(arguments)) {
      if (argument instanceof Aggregate.Values group) {
        values =
            group.values().stream().<Object>mapMulti((value, kept) -> keep(value, kept)).toList();
      } else {
        constants.add(argument);
      }
    }
    return aggregate.of(values, Collections.unmodifiableList(constants));
  }

  /// A nil is no value to a registered aggregate.
  private static void keep(@Nullable Object value, Consumer<Object> kept) {
    if (value != null) {
      kept.accept(value);
    }
  }

  private static List<@Nullable Object> outside(@Nullable Object[] arguments) {
    return Collections.unmodifiableList(
        Arrays.stream(arguments)
            .map(argument -> argument instanceof DataSource source ? source.given() : argument)
            .toList());
  }

  private interface Code {
    @Nullable Object run();
  }

  private static @Nullable Object guarded(String name, Code code) {
    try {
      return code.run();
    } catch (BitsException refused) {
      throw refused;
    } catch (RuntimeException problem) {
      throw QueryErrors.registeredFailed(name, problem);
    }
  }
}
