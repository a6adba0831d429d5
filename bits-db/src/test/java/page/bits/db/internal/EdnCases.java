/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;

/// Test cases as EDN maps in a resource: each has `:row` (of the checklist of Datomic's model) and
/// `:name`.
public final class EdnCases {
  private EdnCases() {}

  /// A test for each map in the resource.
  public static Stream<DynamicTest> of(
      Class<?> beside, String resource, ThrowingConsumer<Map<?, ?>> test) {
    return read(beside, resource)
        .map(
            testCase ->
                DynamicTest.dynamicTest(
                    get(testCase, "row") + " " + get(testCase, "name"),
                    () -> test.accept(testCase)));
  }

  private static Stream<Map<?, ?>> read(Class<?> beside, String resource) {
    try (InputStream in = beside.getResourceAsStream(resource)) {
      String text =
          new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
      List<Map<?, ?>> cases =
          Edn.readAll(text).stream()
              .<Map<?, ?>>map(form -> (Map<?, ?>) Objects.requireNonNull(form))
              .toList();
      return cases.stream();
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  public static @Nullable Object get(Map<?, ?> testCase, String key) {
    return testCase.get(Keyword.of(key));
  }
}
