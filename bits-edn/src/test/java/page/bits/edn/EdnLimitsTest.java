/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Hostile text: everything here ends soon; what is quadratic would take minutes.
final class EdnLimitsTest {
  private static final int MANY = 1_000_000;

  @ParameterizedTest
  @ValueSource(strings = {"[", "(", "{", "#{", "#_", "#a ", "{{} ", "{1 ", "#:a{:b ", "#inst "})
  void read_millionOpenings_isTooDeep(String opening) {
    assertRefused(opening.repeat(MANY), EdnError.TOO_DEEP);
  }

  @Test
  void read_depthAtTheLimit_isRead() {
    assertThat(Edn.read("[".repeat(128) + "]".repeat(128))).isNotNull();
    assertRefused("[".repeat(129) + "]".repeat(129), EdnError.TOO_DEEP);
  }

  @ParameterizedTest
  @CsvSource({"[, 1, ]", "#{, 1 2, }", "'{1 ', 1, }", "'#a ', 1, ''"})
  void readPrintAndOrder_deepestAllowed_fitTheUsualStack(
      String opening, String inner, String closing) {
    var limits = new EdnLimits(500, 1 << 20, 100, 100, 100, 100);
    String text = opening.repeat(500) + inner + closing.repeat(500);
    Object value = Edn.read(text, limits);
    assertThat(Edn.order().compare(value, Edn.read(text, limits))).isZero();
    assertThat(Edn.printSorted(value)).isEqualTo(text);
    assertThat(Objects.equals(value, Edn.read(text, limits))).isTrue();
    assertThat(EdnReaderTest.refusal(() -> Edn.read("[" + text + "]", limits)).code())
        .isEqualTo(EdnError.TOO_DEEP.code());
  }

  @Test
  void read_tenMegabyteString_isTooLong() {
    assertRefused("\"" + "x".repeat(10 * MANY) + "\"", EdnError.TOKEN_TOO_LONG);
    assertRefused("x".repeat(10 * MANY), EdnError.TOKEN_TOO_LONG);
    assertRefused(":" + "x".repeat(10 * MANY), EdnError.TOKEN_TOO_LONG);
    assertRefused("\\" + "x".repeat(10 * MANY), EdnError.TOKEN_TOO_LONG);
    assertRefused("#" + "x".repeat(10 * MANY), EdnError.TOKEN_TOO_LONG);
    String longest = "x".repeat(1 << 20);
    assertThat(Edn.read("\"" + longest + "\"")).isEqualTo(longest);
  }

  @Test
  void read_longNumber_isRefused() {
    String digits = "9".repeat(100_000);
    for (String text : new String[] {digits, "-" + digits + "N", "0." + digits, digits + "M"}) {
      assertRefused(text, EdnError.NUMBER_TOO_LARGE);
    }
    assertThat(Edn.print(Edn.read("9".repeat(1_000)))).isEqualTo("9".repeat(1_000) + "N");
    assertRefused("9".repeat(1_001), EdnError.NUMBER_TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e10001M", "1e-10001M", "1e999999999M", "1e2147483648M", "1e-99999999999M"})
  void read_hugeScale_isRefused(String text) {
    assertRefused(text, EdnError.NUMBER_TOO_LARGE);
  }

  @Test
  void read_largeCollection_isRefused() {
    assertThat((Collection<?>) Edn.read("[" + "1 ".repeat(MANY) + "]")).hasSize(MANY);
    assertRefused("[" + "1 ".repeat(MANY + 1) + "]", EdnError.COLLECTION_TOO_LARGE);
    var limits = new EdnLimits(5, 1_000, 100, 100, 100, 2);
    for (String text : new String[] {"[1 2 3]", "(1 2 3)", "#{1 2 3}", "{1 1 2 2 3 3}"}) {
      assertThat(EdnReaderTest.refusal(() -> Edn.read(text, limits)).code())
          .isEqualTo(EdnError.COLLECTION_TOO_LARGE.code());
    }
  }

  @Test
  void read_longForm_isRefusedButManyFormsAreNot() {
    var limits = new EdnLimits(5, 11, 100, 100, 100, 100);
    var source =
        new StringReader("[1 2 3 4] ; a comment of any length\n #_[1 2 3 4] \"a\" [1 2 3 4 5 6]");
    try (var reader = new EdnReader(source, limits)) {
      assertThat(reader.next()).isPresent();
      assertThat(reader.next()).isPresent();
      var error = EdnReaderTest.refusal(reader::next);
      assertThat(error.code()).isEqualTo(EdnError.FORM_TOO_LARGE.code());
    }
  }

  @Test
  void read_manyDiscards_isNoNesting() {
    assertThat(Edn.read("#_1 ".repeat(100_000) + "2")).isEqualTo(2L);
  }

  @Test
  void read_keysWithEqualHashCodes_areStillFast() {
    int count = 100_000;
    var text = new StringBuilder("#{");
    for (int i = 0; i < count; i++) {
      // The hash code of a set is the sum of those of its elements.
      text.append("#{").append(i).append(' ').append(2 * count - i).append('}');
    }
    var set = (Collection<?>) Objects.requireNonNull(Edn.read(text + "}"));
    assertThat(set).hasSize(count);
    assertThat(set.contains(Edn.read("#{200000 0}"))).isTrue();
    assertThat(set.contains(Edn.read("#{200001 0}"))).isFalse();
    assertRefused(text + "#{200000 0}}", EdnError.DUPLICATE_ELEMENT);
  }

  @Test
  void read_largeMapOfMixedKeys_isAMapLikeAnyOther() {
    var text = new StringBuilder("{");
    var expected = new java.util.HashMap<@Nullable Object, @Nullable Object>();
    for (long i = 0; i < 500; i++) {
      Object key = i % 3 == 0 ? (Object) i : i % 3 == 1 ? "k" + i : Edn.vector(i, null);
      text.append(Edn.print(key)).append(' ').append(i).append(' ');
      expected.put(key, i);
    }
    var map = (Map<?, ?>) Objects.requireNonNull(Edn.read(text + "nil 0}"));
    expected.put(null, 0L);
    assertThat((Object) map).isEqualTo(expected).hasSameHashCodeAs(expected);
    assertThat((Object) expected).isEqualTo(map);
    assertThat(map.containsKey(null)).isTrue();
    assertThat(map.containsKey("k")).isFalse();
    assertRefused(text + "[2 nil] 0}", EdnError.DUPLICATE_KEY);
  }

  @Test
  void limits_thatCannotBe_areRefused() {
    assertThat(EdnReaderTest.refusal(() -> new EdnLimits(501, 1, 1, 1, 1, 1)).code())
        .isEqualTo(EdnError.BAD_LIMITS.code());
  }

  private static void assertRefused(String text, EdnError code) {
    assertThat(EdnReaderTest.refusal(() -> Edn.read(text)).code()).isEqualTo(code.code());
  }
}
