/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class EdnPrinterTest {
  static Stream<Arguments> printed() {
    return Stream.of(
        arguments(null, "nil"),
        arguments(1, "1"),
        arguments((short) 2, "2"),
        arguments((byte) -3, "-3"),
        arguments(1.5f, "1.5"),
        arguments(1e100, "1.0E100"),
        arguments(BigInteger.TWO, "2N"),
        arguments(new BigDecimal("1.00"), "1.00M"),
        arguments(new BigDecimal("1E+3"), "1E+3M"),
        arguments("a\n\"\\\u0000\u2028\uD83D😀", "\"a\\n\\\"\\\\\\u0000\\u2028\\ud83d😀\""),
        arguments('\n', "\\newline"),
        arguments(',', "\\,"),
        arguments('\u00A0', "\\u00a0"),
        arguments(Instant.parse("2026-11-24T12:00:00Z"), "#inst \"2026-11-24T12:00:00.000Z\""),
        arguments(Instant.ofEpochSecond(0, 1), "#inst \"1970-01-01T00:00:00.000000001Z\""),
        arguments(new Date(1), "#inst \"1970-01-01T00:00:00.001Z\""),
        arguments(new UUID(0, 1), "#uuid \"00000000-0000-0000-0000-000000000001\""),
        arguments(URI.create("http://a"), "#uri \"http://a\""),
        arguments(EdnList.of(Symbol.of("a"), List.of(1L)), "(a [1])"),
        arguments(Map.of(Keyword.of("a", "b"), EdnList.of()), "{:a/b ()}"),
        arguments(new Tagged(Symbol.of("a", "b"), null), "#a/b nil"));
  }

  @ParameterizedTest
  @MethodSource("printed")
  void print_value_givesText(@Nullable Object value, String text) {
    assertThat(Edn.print(value)).isEqualTo(text);
  }

  @Test
  void printSorted_setAndMap_sortsAtEveryLevel() {
    Object value = Edn.read("{:b #{3 1 2} :a/x {2 1 1 #{[2] [1 1] nil}} \"s\" 1 nil 0}");
    assertThat(Edn.printSorted(value))
        .isEqualTo("{nil 0, \"s\" 1, :b #{1 2 3}, :a/x {1 #{nil [1 1] [2]}, 2 1}}");
  }

  @Test
  void order_oneOfEachKind_isAsDocumented() {
    String inOrder =
        "[nil false true ##-Inf -1 -0.5 0 0N -0.0 0.0 0M 0.0M 1/ 1 1N 1.0 1M 1.0M 1.00M ##Inf"
            + " ##NaN \\a \"A\" \"a\" \"aa\" :a :a/a :b/a a a/a #inst \"2026\""
            + " #uuid \"00000000-0000-0000-0000-000000000001\""
            + " #uuid \"f0000000-0000-0000-0000-000000000000\" #uri \"a\" [] [1] (1 0) [2]"
            + " #{} #{9} #{1 2} #{1 3} {} {9 9} {1 2, 3 4} {1 3, 2 0} #a 2 #b 1]";
    var values = (List<?>) Edn.read(inOrder.replace("1/ ", ""));
    var sorted = new java.util.ArrayList<@Nullable Object>(values);
    java.util.Collections.reverse(sorted);
    sorted.sort(Edn.order());
    assertThat(Edn.print(sorted)).isEqualTo(Edn.print(values));
  }

  static Stream<Arguments> unprintable() {
    return Stream.of(
        arguments(new Object(), EdnError.UNPRINTABLE),
        arguments(new AtomicLong(1), EdnError.UNPRINTABLE),
        arguments(new byte[1], EdnError.UNPRINTABLE),
        arguments(List.of(new ArrayDeque<>()), EdnError.UNPRINTABLE),
        arguments(Keyword.of("a b"), EdnError.UNPRINTABLE_NAME),
        arguments(Keyword.of(null, "a/b"), EdnError.UNPRINTABLE_NAME),
        arguments(Keyword.of(""), EdnError.UNPRINTABLE_NAME),
        arguments(Keyword.of("::a"), EdnError.UNPRINTABLE_NAME),
        arguments(Symbol.of("nil"), EdnError.UNPRINTABLE_NAME),
        arguments(Symbol.of("1a"), EdnError.UNPRINTABLE_NAME),
        arguments(Symbol.of("-1"), EdnError.UNPRINTABLE_NAME),
        arguments(Symbol.of(null, "a/b"), EdnError.UNPRINTABLE_NAME),
        arguments(Symbol.of("a)"), EdnError.UNPRINTABLE_NAME),
        arguments(new Tagged(Symbol.of("inst"), "2026"), EdnError.UNPRINTABLE_NAME),
        arguments(new Tagged(Symbol.of("+"), 1L), EdnError.UNPRINTABLE_NAME));
  }

  @ParameterizedTest
  @MethodSource("unprintable")
  void print_whatWouldNotReadBack_throws(Object value, EdnError code) {
    assertThat(EdnReaderTest.refusal(() -> Edn.print(value)).code()).isEqualTo(code.code());
  }

  @Test
  void print_unknownClass_isNamed() {
    assertThat(EdnReaderTest.refusal(() -> Edn.print(new AtomicLong())).data())
        .containsEntry("class", "java.util.concurrent.atomic.AtomicLong");
  }

  @Test
  void printAndOrder_valueTooDeep_areRefused() {
    List<?> deep = List.of();
    for (int i = 0; i < 1_000_000; i++) {
      deep = List.of(deep);
    }
    List<?> value = deep;
    assertThat(EdnReaderTest.refusal(() -> Edn.print(value)).code())
        .isEqualTo(":edn.error/too-deep");
    var set = new LinkedHashSet<>(List.of(1));
    assertThat(
            EdnReaderTest.refusal(
                    () -> Edn.order().compare(Map.of(1, value), Map.of(1, List.of(value))))
                .code())
        .isEqualTo(":edn.error/too-deep");
    assertThat(Edn.order().compare(value, set)).isNegative();
  }
}
