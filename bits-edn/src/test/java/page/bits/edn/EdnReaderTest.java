/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import page.bits.error.BitsException;

final class EdnReaderTest {
  static Stream<Arguments> good() {
    return Stream.of(
            scalars(),
            numbers(),
            charactersAndStrings(),
            names(),
            instants(),
            collections(),
            tags())
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> scalars() {
    return Stream.of(
        arguments("nil", null),
        arguments("true", true),
        arguments("false", false),
        arguments(" ,\t\n; a comment\r\n 1 ; after", 1L),
        arguments("\uFEFF1", 1L),
        arguments("#_ 1 2", 2L),
        arguments("#_ #_ 1 2 3", 3L),
        arguments("#_#foo/bar [1] #_{:a 1} 4 #_5", 4L));
  }

  private static Stream<Arguments> numbers() {
    return Stream.of(
        arguments("0", 0L),
        arguments("-0", 0L),
        arguments("+7", 7L),
        arguments("-42", -42L),
        arguments("9223372036854775807", Long.MAX_VALUE),
        arguments("-9223372036854775808", Long.MIN_VALUE),
        arguments("9223372036854775808", new BigInteger("9223372036854775808")),
        arguments("-9223372036854775809", new BigInteger("-9223372036854775809")),
        arguments("+9223372036854775808", new BigInteger("9223372036854775808")),
        arguments("7N", BigInteger.valueOf(7)),
        arguments("+7N", BigInteger.valueOf(7)),
        arguments("1.5", 1.5),
        arguments("-0.0", -0.0),
        arguments("1e3", 1000.0),
        arguments("1E-3", 0.001),
        arguments("-1.5e+2", -150.0),
        arguments("1M", new BigDecimal("1")),
        arguments("1.00M", new BigDecimal("1.00")),
        arguments("1e3M", new BigDecimal("1E+3")),
        arguments("-1.5E-3M", new BigDecimal("-0.0015")),
        arguments("##Inf", Double.POSITIVE_INFINITY),
        arguments("##-Inf", Double.NEGATIVE_INFINITY),
        arguments("##NaN", Double.NaN));
  }

  private static Stream<Arguments> charactersAndStrings() {
    return Stream.of(
        arguments("\\a", 'a'),
        arguments("\\u", 'u'),
        arguments("\\o", 'o'),
        arguments("\\\\", '\\'),
        arguments("\\(", '('),
        arguments("\\,", ','),
        arguments("\\;", ';'),
        arguments("\\\"", '"'),
        arguments("\\newline", '\n'),
        arguments("\\return", '\r'),
        arguments("\\space", ' '),
        arguments("\\tab", '\t'),
        arguments("\\formfeed", '\f'),
        arguments("\\backspace", '\b'),
        arguments("\\u00e9", 'é'),
        arguments("\\uD83D", '\uD83D'),
        arguments("\\o101", 'A'),
        arguments("[\\a\\b]", List.of('a', 'b')),
        arguments("\"\"", ""),
        arguments("\"a\\t\\r\\n\\\\\\\"\\b\\fz\"", "a\t\r\n\\\"\b\fz"),
        arguments("\"\\u0041\\u00E9\\101\\0\\18\"", "Aé" + "A\0" + "\u00018"),
        arguments("\"two\nlines\"", "two\nlines"),
        arguments("\"\\ud83d\\ude00😀\"", "😀😀"));
  }

  private static Stream<Arguments> names() {
    return Stream.of(
        arguments("a", Symbol.of("a")),
        arguments("/", Symbol.of("/")),
        arguments("foo/bar", Symbol.of("foo", "bar")),
        arguments("clojure.core//", Symbol.of("clojure.core", "/")),
        arguments("+", Symbol.of("+")),
        arguments("-", Symbol.of("-")),
        arguments("-a", Symbol.of("-a")),
        arguments("...", Symbol.of("...")),
        arguments("<=", Symbol.of("<=")),
        arguments("?e'", Symbol.of("?e'")),
        arguments("nil?", Symbol.of("nil?")),
        arguments("a#b:c", Symbol.of("a#b:c")),
        arguments("$%&*!_=", Symbol.of("$%&*!_=")),
        arguments("größe", Symbol.of("größe")),
        arguments(":a", Keyword.of(null, "a")),
        arguments(":a/b", Keyword.of("a", "b")),
        arguments(":a.b/c-d", Keyword.of("a.b", "c-d")),
        arguments(":nil", Keyword.of(null, "nil")),
        arguments(":1", Keyword.of(null, "1")),
        arguments(":+", Keyword.of(null, "+")));
  }

  private static Stream<Arguments> instants() {
    return Stream.of(
        inst("2026", "2026-01-01T00:00:00Z"),
        inst("2026-11", "2026-11-01T00:00:00Z"),
        inst("2026-11-24", "2026-11-24T00:00:00Z"),
        inst("2026-11-24T12", "2026-11-24T12:00:00Z"),
        inst("2026-11-24T12:30", "2026-11-24T12:30:00Z"),
        inst("2026-11-24T12:30:05", "2026-11-24T12:30:05Z"),
        inst("2026-11-24T12:30:05.5", "2026-11-24T12:30:05.500Z"),
        inst("2026-11-24T12:30:05.123456789Z", "2026-11-24T12:30:05.123456789Z"),
        inst("2026-11-24T12:30:05.000+01:30", "2026-11-24T11:00:05Z"),
        inst("2026-11-24T12:30:05-00:00", "2026-11-24T12:30:05Z"),
        inst("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        inst("+12026-01-01T00:00:00Z", "+12026-01-01T00:00:00Z"));
  }

  private static Arguments inst(String text, String instant) {
    return arguments("#inst \"" + text + "\"", Instant.parse(instant));
  }

  private static Stream<Arguments> collections() {
    return Stream.of(
        arguments("()", List.of()),
        arguments("[]", List.of()),
        arguments("(1 [2 (3)])", List.of(1L, List.of(2L, List.of(3L)))),
        arguments("[nil #_1]", Edn.vector((Object) null)),
        arguments("[a\"b\"c]", List.of(Symbol.of("a"), "b", Symbol.of("c"))),
        arguments("#{1 2 nil}", new LinkedHashSet<>(Arrays.asList(null, 2L, 1L))),
        arguments("#{1 1N 1.0 1M 1.0M}", Set.of(1L, BigInteger.ONE, 1.0, dec("1"), dec("1.0"))),
        arguments("{:a 1, :b nil}", map(Keyword.of("a"), 1L, Keyword.of("b"), null)),
        arguments("{[1] {} nil #_x 2 #_y}", map(List.of(1L), Map.of(), null, 2L)),
        arguments(
            "#:p{:x 1 :q/y 2 :_/z 3 s 4 _/t 5 6 7}",
            Map.of(
                Keyword.of("p", "x"),
                1L,
                Keyword.of("q", "y"),
                2L,
                Keyword.of(null, "z"),
                3L,
                Symbol.of("p", "s"),
                4L,
                Symbol.of(null, "t"),
                5L,
                6L,
                7L)),
        arguments(
            "#:p {:x #:q.r{:x {:x 1}}}",
            Map.of(
                Keyword.of("p", "x"),
                Map.of(Keyword.of("q.r", "x"), Map.of(Keyword.of(null, "x"), 1L)))));
  }

  private static Stream<Arguments> tags() {
    return Stream.of(
        arguments(
            "#uuid \"F81D4FAE-7dec-11d0-a765-00a0c91e6bf6\"",
            UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")),
        arguments("#uri \"http://a/b?c\"", URI.create("http://a/b?c")),
        arguments("#inst #_1 \"2026\"", Instant.parse("2026-01-01T00:00:00Z")),
        arguments(
            "#db/id[:db.part/user -1]",
            new Tagged(Symbol.of("db", "id"), List.of(Keyword.of("db.part", "user"), -1L))),
        arguments("#js {}", new Tagged(Symbol.of("js"), Map.of())),
        arguments("#a #b nil", new Tagged(Symbol.of("a"), new Tagged(Symbol.of("b"), null))));
  }

  @ParameterizedTest
  @MethodSource("good")
  void read_goodText_givesTheValue(String text, @Nullable Object value) {
    assertThat(Edn.read(text)).isEqualTo(value);
    assertThat(Edn.read(Edn.print(value))).isEqualTo(value);
  }

  static Stream<Arguments> bad() {
    return Stream.of(badShapes(), badTokens(), badTags(), notEdn()).flatMap(rows -> rows);
  }

  private static Stream<Arguments> badShapes() {
    return Stream.of(
        arguments("", EdnError.NO_VALUE, 1, 1),
        arguments(" ; only this\n", EdnError.NO_VALUE, 2, 1),
        arguments("#_1", EdnError.NO_VALUE, 1, 4),
        arguments("1 2", EdnError.MORE_THAN_ONE_VALUE, 1, 3),
        arguments("[1\n 2", EdnError.UNEXPECTED_END, 2, 3),
        arguments("\"a", EdnError.UNEXPECTED_END, 1, 3),
        arguments("\"a\\", EdnError.UNEXPECTED_END, 1, 4),
        arguments("#inst", EdnError.UNEXPECTED_END, 1, 6),
        arguments("#_", EdnError.UNEXPECTED_END, 1, 3),
        arguments("#:a", EdnError.UNEXPECTED_END, 1, 4),
        arguments("{:a", EdnError.UNEXPECTED_END, 1, 4),
        arguments(")", EdnError.UNMATCHED_DELIMITER, 1, 1),
        arguments("\r\n\r}", EdnError.UNMATCHED_DELIMITER, 3, 1),
        arguments("(1 ]", EdnError.UNMATCHED_DELIMITER, 1, 4),
        arguments("{:a ]", EdnError.UNMATCHED_DELIMITER, 1, 5),
        arguments("[\"😀é\" }", EdnError.UNMATCHED_DELIMITER, 1, 7),
        arguments("[#_]", EdnError.MISSING_FORM, 1, 4),
        arguments("[#a ]", EdnError.MISSING_FORM, 1, 5),
        arguments("{:a 1 :b}", EdnError.ODD_MAP, 1, 9),
        arguments("{:a #_1}", EdnError.ODD_MAP, 1, 8),
        arguments("{:a 1\n:a 2}", EdnError.DUPLICATE_KEY, 2, 1),
        arguments("#:p{:a 1 :p/a 2}", EdnError.DUPLICATE_KEY, 1, 10),
        arguments("{[1] 1 (1) 2}", EdnError.DUPLICATE_KEY, 1, 8),
        arguments("#{1 2 1}", EdnError.DUPLICATE_ELEMENT, 1, 7),
        arguments("#{##NaN ##NaN}", EdnError.DUPLICATE_ELEMENT, 1, 9));
  }

  private static Stream<Arguments> badTokens() {
    return Stream.of(
            Stream.of("-1a", "01", "-007", "1.", "1e", "1e+", "1.5N", "1NN", "1MN", "0x1F", "2r101")
                .map(text -> arguments(text, EdnError.BAD_NUMBER, 1, 1)),
            Stream.of("1e400", "-1e400", "##inf", "##", "1#", "1_000", "1:")
                .map(text -> arguments(text, EdnError.BAD_NUMBER, 1, 1)),
            Stream.of(".5", "a/", "/a", "a/b/c", "a/1", "name:", "a::b", "a:/b", "\u00A0")
                .map(text -> arguments(text, EdnError.BAD_SYMBOL, 1, 1)),
            Stream.of("::a", ":", ":/", ":/x", ":a/", ":a/b/c", ":a:", ":a/1", ":a::b", ":\u0000")
                .map(text -> arguments(text, EdnError.BAD_KEYWORD, 1, 1)),
            Stream.of(
                    "\\", "\\ ", "\\ab", "\\Newline", "\\u12", "\\u123g", "\\o400", "\\o8", "\\😀")
                .map(text -> arguments(text, EdnError.BAD_CHARACTER, 1, 1)),
            Stream.of("\"é\\x\"", "\"é\\u12\"", "\"é\\uzzzz\"", "\"é\\777\"", "\"é\\8\"")
                .map(text -> arguments(text, EdnError.BAD_ESCAPE, 1, 3)))
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> badTags() {
    return Stream.of(
            Stream.of("# a 1", "#1 1", "#", "#+ 1", "#nil 1", "#a/ 1", "#[1]")
                .map(text -> arguments(text, EdnError.BAD_TAG, 1, 1)),
            Stream.of("#:{}", "#:a/b{}", "#:a 1", "#:1{}", "#: a{}")
                .map(text -> arguments(text, EdnError.BAD_NAMESPACE, 1, 1)),
            Stream.of(
                    "1",
                    "nil",
                    "\"\"",
                    "\"26\"",
                    "\"2026-13\"",
                    "\"2026-02-30\"",
                    "\"2026-11-24T25\"",
                    "\"2026-11-24T12:30:60\"",
                    "\"2026-11-24 12:30\"",
                    "\"2026-11-24T12:30:05+25:00\"",
                    "\"2026-11-24T12:30:05+01:75\"",
                    "\"+99999999999-01-01T00:00:00Z\"",
                    "\"+1000000001-01-01T00:00:00Z\"")
                .map(value -> arguments("#inst " + value, EdnError.BAD_INST, 1, 1)),
            Stream.of("1", "\"1-1-1-1-1\"", "\"f81d4fae7dec11d0a76500a0c91e6bf6\"")
                .map(value -> arguments("#uuid " + value, EdnError.BAD_UUID, 1, 1)),
            Stream.of("1", "\"a b\"", "\"http://[\"")
                .map(value -> arguments("#uri " + value, EdnError.BAD_URI, 1, 1)))
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> notEdn() {
    return Stream.of(
            "1/2",
            "-1/2",
            "^:a b",
            "'a",
            "`a",
            "~a",
            "@a",
            "#\"a\"",
            "#'a",
            "#(a)",
            "#^a b",
            "#?(:clj 1)",
            "#=(a)",
            "#<a>",
            "#::a{:b 1}",
            "#::{:b 1}")
        .map(text -> arguments("  " + text, EdnError.NOT_EDN, 1, 3));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void read_badText_throwsWithPlace(String text, EdnError code, int line, int column) {
    BitsException error = refusal(() -> Edn.read(text));
    assertThat(error.code()).isEqualTo(code.code());
    assertThat(error.category()).isEqualTo(code.category());
    assertThat(error.data()).containsEntry("line", (long) line);
    assertThat(error.data()).containsEntry("column", (long) column);
  }

  @Test
  void read_unterminatedCollection_saysWhereItWasOpened() {
    BitsException error = refusal(() -> Edn.read("{:a\n  [1 (2 3\n4"));
    assertThat(error.data())
        .containsEntry("opened-line", 2L)
        .containsEntry("opened-column", 6L)
        .containsEntry("expected", ")");
  }

  @Test
  void read_badText_keepsItOutOfTheMessage() {
    BitsException error = refusal(() -> Edn.read("#uuid \"Ada Lovelace\""));
    assertThat(error.getMessage()).doesNotContain("Lovelace");
    assertThat(error.data()).containsEntry("found", "Ada Lovelace");
  }

  @Test
  void read_collections_areUnmodifiableAndKeepTheirOrder() {
    assertThat(Edn.print(Edn.read("{:z 1 :a 2 :m #{9 1 5}}")))
        .isEqualTo("{:z 1, :a 2, :m #{9 1 5}}");
    assertThat(Edn.read("(1)")).isInstanceOf(EdnList.class);
    assertThat(Edn.read("[1]")).isNotInstanceOf(EdnList.class);
    for (String text : List.of("[1]", "(1)", "#{1}")) {
      var values = (Collection<?>) Objects.requireNonNull(Edn.read(text));
      assertThatThrownBy(() -> values.clear()).isInstanceOf(UnsupportedOperationException.class);
    }
    var map = (Map<?, ?>) Objects.requireNonNull(Edn.read("{1 1}"));
    assertThatThrownBy(() -> map.clear()).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void readAll_severalForms_givesThemInOrder() {
    assertThat(Edn.readAll("1 [2]#_3\n;4\n")).containsExactly(1L, List.of(2L));
    assertThat(Edn.readAll(" ")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8_192})
  void reader_formsInPieces_givesEachWithItsPlace(int piece) {
    String text = "[:a\n 1] ; one\r\n#_ gone  #inst \"2026\" \n\n\"😀\" x";
    try (var reader = new EdnReader(inPieces(text, piece))) {
      assertThat(reader.next()).hasValue(form(List.of(Keyword.of("a"), 1L), 1, 1));
      assertThat(reader.next()).hasValue(form(Instant.parse("2026-01-01T00:00:00Z"), 3, 10));
      assertThat(reader.next()).hasValue(form("😀", 5, 1));
      assertThat(reader.next()).hasValue(form(Symbol.of("x"), 5, 5));
      assertThat(reader.next()).isEmpty();
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void reader_afterAnError_throwsItAgain() {
    try (var reader = new EdnReader(new StringReader("1 ] 2"))) {
      assertThat(reader.next()).isPresent();
      BitsException error = refusal(reader::next);
      assertThat(refusal(reader::next)).isSameAs(error);
    }
  }

  @Test
  void reader_sourceThatFails_throwsReadFailed() {
    var source =
        new Reader() {
          @Override
          public int read(char[] buffer, int offset, int length) throws IOException {
            throw new IOException("gone");
          }

          @Override
          public void close() {}
        };
    try (var reader = new EdnReader(source)) {
      assertThat(refusal(reader::next).code()).isEqualTo(":edn.error/read-failed");
    }
  }

  private static EdnForm form(Object value, long line, long column) {
    return new EdnForm(value, line, column);
  }

  private static Reader inPieces(String text, int piece) {
    return new StringReader(text) {
      @Override
      public int read(char[] buffer, int offset, int length) throws IOException {
        return super.read(buffer, offset, Math.min(length, piece));
      }
    };
  }

  private static BigDecimal dec(String text) {
    return new BigDecimal(text);
  }

  private static Map<@Nullable Object, @Nullable Object> map(
      @Nullable Object k1, @Nullable Object v1, @Nullable Object k2, @Nullable Object v2) {
    var map = new LinkedHashMap<@Nullable Object, @Nullable Object>();
    map.put(k1, v1);
    map.put(k2, v2);
    return map;
  }

  static BitsException refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return org.assertj.core.api.Assertions.catchThrowableOfType(BitsException.class, call);
  }
}
