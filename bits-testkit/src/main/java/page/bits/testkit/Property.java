/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import page.bits.edn.Edn;

/// A randomised test whose cases are EDN: the case that fails is made smaller, and printed with the
/// seed.
///
/// Immutable. A check throws an [AssertionError] when the case shows a fault; whatever else it
/// throws is a fault too, of the place where it was thrown.
public final class Property {
  private final String test;
  private final long seed;
  private final Consumer<Object> check;

  public Property(String test, long seed, Consumer<Object> check) {
    this.test = test;
    this.seed = seed;
    this.check = check;
  }

  /// Throws the failure of the smallest case that fails like this one, if it does.
  public void check(Object aCase) {
    Throwable failure = failure(aCase);
    if (failure == null) {
      return;
    }
    String signature = signature(failure);
    Object smallest =
        Shrinker.shrink(
            aCase,
            candidate -> {
              Throwable shown = failure(candidate);
              return shown != null && signature(shown).equals(signature);
            });
    Throwable shown = failure(smallest);
    throw new AssertionError(
        "%s, -Dtest.seed=%d, smallest case:%n%s%n%s"
            .formatted(test, seed, shown(smallest), shown == null ? failure : shown),
        failure);
  }

  private @Nullable Throwable failure(Object aCase) {
    try {
      check.accept(aCase);
      return null;
    } catch (AssertionError | RuntimeException failure) {
      return failure;
    }
  }

  private static String signature(Throwable failure) {
    return failure instanceof AssertionError || failure.getStackTrace().length == 0
        ? "assertion"
        : failure.getClass() + " " + failure.getStackTrace()[0];
  }

  /// One part a line.
  private static String shown(Object aCase) {
    List<String> lines = new ArrayList<>();
    switch (aCase) {
      case Map<?, ?> map ->
          map.forEach((key, value) -> lines.add(Edn.print(key) + " " + Edn.print(value)));
      case List<?> list -> list.forEach(part -> lines.add(Edn.print(part)));
      default -> lines.add(Edn.print(aCase));
    }
    return String.join("\n", lines);
  }
}
