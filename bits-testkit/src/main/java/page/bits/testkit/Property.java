/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import page.bits.edn.Edn;

/// A randomised test whose cases are EDN: the case that fails is made smaller, and printed with the
/// seed.
///
/// Immutable. A check throws when the case shows a fault. What counts as the same fault of a
/// smaller case is what was thrown, and the place in our code.
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

  /// Where it failed: another failure of a smaller case would lead astray.
  private static String signature(Throwable failure) {
    return failure.getClass().getName()
        + Arrays.stream(failure.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("page.bits."))
            .findFirst();
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
