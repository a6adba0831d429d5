/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import page.bits.db.Attr;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Index;
import page.bits.db.spi.Bytes;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;
import page.bits.error.BitsException;

/// The table of Java types in `docs/reference/java.md`: each cell is tried, and the page has to say
/// the same. `-Dbits.rewrite=true` writes the table.
final class JavaTypesTest {
  private static final Path PAGE =
      Path.of(System.getProperty("bits.root"), "docs", "reference", "java.md");
  private static final String BEGIN = "<!-- types: made by JavaTypesTest -->\n";
  private static final String END = "<!-- end of types -->\n";
  private static final String URI_OF_DB = "bits:mem:" + JavaTypesTest.class.getName();
  private static final Connection connection = Bits.connect(URI_OF_DB);

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");
  private static final UUID ID = UUID.fromString("0198c2a0-0000-7000-8000-000000000001");

  @AfterAll
  static void close() {
    connection.close();
    Bits.delete(URI_OF_DB);
  }

  enum Color {
    DARK_RED
  }

  record LongV(@Attr(":t/a") long v) {}

  record BoxedV(@Attr(":t/a") Long v) {}

  record IntV(@Attr(":t/a") int v) {}

  record BigV(@Attr(":t/a") BigInteger v) {}

  record LongsV(@Attr(":t/a") OptionalLong v) {}

  record IntsV(@Attr(":t/a") OptionalInt v) {}

  record StringV(@Attr(":t/a") String v) {}

  record MaybeV(@Attr(":t/a") Optional<String> v) {}

  record BooleanV(@Attr(":t/a") boolean v) {}

  record DoubleV(@Attr(":t/a") double v) {}

  record FloatV(@Attr(":t/a") float v) {}

  record DecimalV(@Attr(":t/a") BigDecimal v) {}

  record InstantV(@Attr(":t/a") Instant v) {}

  record DateV(@Attr(":t/a") Date v) {}

  record UuidV(@Attr(":t/a") UUID v) {}

  record UriV(@Attr(":t/a") URI v) {}

  record KeywordV(@Attr(":t/a") Keyword v) {}

  record EnumV(@Attr(":t/a") Color v) {}

  record SymbolV(@Attr(":t/a") Symbol v) {}

  record BytesV(@Attr(":t/a") Bytes v) {}

  record ListV(@Attr(":t/a") List<Object> v) {}

  record ObjectV(@Attr(":t/a") Object v) {}

  /// One value type: what a transaction takes and refuses for it, what is held, and the records
  /// whose component it fills and does not fill.
  private record Type(
      String name,
      String more,
      Object held,
      List<Object> taken,
      List<Object> refused,
      Map<Class<? extends Record>, Object> fills,
      List<Class<? extends Record>> fillsNot) {}

  private static Type type(
      String name,
      Object held,
      List<Object> taken,
      List<Object> refused,
      Map<Class<? extends Record>, Object> fills,
      List<Class<? extends Record>> fillsNot) {
    return new Type(name, "", held, taken, refused, fills, fillsNot);
  }

  private static final List<Type> TYPES =
      List.of(
          type(
              "long",
              7L,
              List.of(7L, 7, (short) 7, (byte) 7),
              List.of(7.0, "7", BigInteger.valueOf(7), true),
              ordered(
                  LongV.class,
                  7L,
                  BoxedV.class,
                  7L,
                  IntV.class,
                  7,
                  BigV.class,
                  BigInteger.valueOf(7),
                  LongsV.class,
                  OptionalLong.of(7),
                  IntsV.class,
                  OptionalInt.of(7),
                  ObjectV.class,
                  7L),
              List.of(StringV.class, DoubleV.class, BooleanV.class, DecimalV.class)),
          type(
              "bigint",
              BigInteger.TEN.pow(30),
              List.of(BigInteger.TEN.pow(30)),
              List.of(7L, 7.0, "7"),
              ordered(BigV.class, BigInteger.TEN.pow(30)),
              List.of(LongV.class, DecimalV.class)),
          type(
              "double",
              1.5,
              List.of(1.5),
              List.of(1.5f, 1L, "1.5", BigDecimal.ONE),
              ordered(DoubleV.class, 1.5),
              List.of(FloatV.class, LongV.class, DecimalV.class)),
          type(
              "float",
              1.5f,
              List.of(1.5f, 1.5),
              List.of(1L, "1.5"),
              ordered(FloatV.class, 1.5f, DoubleV.class, 1.5),
              List.of(LongV.class, DecimalV.class)),
          type(
              "bigdec",
              new BigDecimal("1.50"),
              List.of(new BigDecimal("1.50")),
              List.of(1.5, 1L, "1.50"),
              ordered(DecimalV.class, new BigDecimal("1.50")),
              List.of(DoubleV.class, LongV.class)),
          type(
              "boolean",
              true,
              List.of(true),
              List.of(1L, "true"),
              ordered(BooleanV.class, true),
              List.of(StringV.class)),
          type(
              "string",
              ":a",
              List.of(":a"),
              List.of(1L, Keyword.of(":a"), 'a'),
              ordered(StringV.class, ":a", MaybeV.class, Optional.of(":a")),
              List.of(KeywordV.class, LongV.class)),
          type(
              "keyword",
              Keyword.of(":c/dark-red"),
              List.of(Keyword.of(":c/dark-red"), ":c/dark-red"),
              List.of("c/dark-red", 1L, Color.DARK_RED),
              ordered(KeywordV.class, Keyword.of(":c/dark-red"), EnumV.class, Color.DARK_RED),
              List.of(StringV.class)),
          type(
              "symbol",
              Symbol.of("a/b"),
              List.of(Symbol.of("a/b")),
              List.of("a/b", Keyword.of(":a/b")),
              ordered(SymbolV.class, Symbol.of("a/b")),
              List.of(StringV.class)),
          type(
              "instant",
              AT,
              List.of(AT, AT.plusNanos(456_789), Date.from(AT)),
              List.of(AT.toEpochMilli(), AT.toString()),
              ordered(InstantV.class, AT, DateV.class, Date.from(AT)),
              List.of(LongV.class, StringV.class)),
          type(
              "uuid",
              ID,
              List.of(ID),
              List.of(ID.toString()),
              ordered(UuidV.class, ID),
              List.of(StringV.class)),
          type(
              "uri",
              URI.create("https://example.org"),
              List.of(URI.create("https://example.org")),
              List.of("https://example.org"),
              ordered(UriV.class, URI.create("https://example.org")),
              List.of(StringV.class)),
          type(
              "bytes",
              Bytes.copyOf(new byte[] {1, 2}),
              List.of(Bytes.copyOf(new byte[] {1, 2}), new byte[] {1, 2}),
              List.of("12", List.of(1, 2)),
              ordered(BytesV.class, Bytes.copyOf(new byte[] {1, 2})),
              List.of(StringV.class)),
          new Type(
              "tuple",
              ":db/tupleTypes [:db.type/long :db.type/string]",
              List.of(1L, "x"),
              List.of(List.of(1L, "x"), List.of(1, "x")),
              List.of("x", List.of("x", 1L), List.of(1L)),
              ordered(ListV.class, List.of(1L, "x")),
              List.of(StringV.class)));

  @SuppressWarnings("unchecked") // pairs of a record class and a value, as written above
  private static Map<Class<? extends Record>, Object> ordered(Object... pairs) {
    var map = new LinkedHashMap<Class<? extends Record>, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((Class<? extends Record>) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /// A value with one attribute of that type.
  private static Db schema(Type type) {
    return connection
        .db()
        .with(
            List.of(
                page.bits.edn.Edn.read(
                    "{:db/ident :t/a :db/valueType :db.type/%s :db/cardinality :db.cardinality/one %s}"
                        .formatted(type.name(), type.more()))))
        .dbAfter();
  }

  private static Db holding(Db schema, Object value) {
    return schema.with(List.of(Map.of(":db/id", "e", ":t/a", value))).dbAfter();
  }

  private static Object held(Db db) {
    Datom datom = db.datoms(Index.AEVT, ":t/a").iterator().next();
    Object queried = db.q("[:find ?v . :where [_ :t/a ?v]]");
    assertThat(queried).isEqualTo(datom.v());
    assertThat(db.pull("[:t/a]", datom.e())).containsEntry(Keyword.of(":t/a"), datom.v());
    assertThat(db.entity(datom.e()).get(":t/a")).contains(datom.v());
    return datom.v();
  }

  @Test
  void transactions_everyType_takeAndRefuse() {
    for (Type type : TYPES) {
      Db schema = schema(type);
      for (Object value : type.taken()) {
        assertThat(held(holding(schema, value)))
            .as("%s of %s", type.name(), value.getClass())
            .isEqualTo(type.held())
            .hasSameClassAs(held(holding(schema, type.held())));
      }
      for (Object value : type.refused()) {
        assertThatThrownBy(() -> holding(schema, value))
            .as("%s of %s", type.name(), value.getClass())
            .isInstanceOf(BitsException.class);
      }
    }
  }

  @Test
  void records_everyType_fillAndRefuse() throws ReflectiveOperationException {
    for (Type type : TYPES) {
      Db db = holding(schema(type), type.held());
      long e = db.datoms(Index.AEVT, ":t/a").iterator().next().e();
      for (var fill : type.fills().entrySet()) {
        Record pulled = db.pull(fill.getKey(), e).orElseThrow();
        var accessor = fill.getKey().getRecordComponents()[0].getAccessor();
        accessor.setAccessible(true);
        assertThat(accessor.invoke(pulled))
            .as("%s as %s", type.name(), fill.getKey())
            .isEqualTo(fill.getValue());
        assertThat(db.query("[:find ?v :where [_ :t/a ?v]]").list(fill.getKey()).getFirst())
            .isEqualTo(pulled);
      }
      for (var shape : type.fillsNot()) {
        assertThatThrownBy(() -> db.pull(shape, e))
            .as("%s as %s", type.name(), shape)
            .hasMessageContaining("result-shape");
      }
    }
  }

  record ArrayV(@Attr(":t/a") byte[] v) {}

  @Test
  void records_bytes_fillAnArray() {
    Db db = holding(schema(TYPES.get(12)), new byte[] {1, 2});
    long e = db.datoms(Index.AEVT, ":t/a").iterator().next().e();
    assertThat(db.pull(ArrayV.class, e).orElseThrow().v()).containsExactly(1, 2);
  }

  @Test
  void numbers_outOfRange_areRefused() {
    Db db = holding(schema(TYPES.getFirst()), 1L << 40);
    long e = db.datoms(Index.AEVT, ":t/a").iterator().next().e();
    assertThatThrownBy(() -> db.pull(IntV.class, e)).hasMessageContaining("result-shape");
    assertThatThrownBy(() -> db.pull(IntsV.class, e)).hasMessageContaining("result-shape");
  }

  @Test
  void page_table_saysTheSame() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    if (Boolean.getBoolean("bits.rewrite")) {
      Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
      return;
    }
    assertThat(page.substring(begin, end))
        .as("the table of types; after a look: -Dbits.rewrite=true")
        .isEqualTo(table());
  }

  private static String table() {
    var lines = new ArrayList<String>();
    lines.add("| `:db.type/` | in | refused | out | fills components of |");
    lines.add("|---|---|---|---|---|");
    for (Type type : TYPES) {
      var fills = new LinkedHashSet<String>();
      type.fills().keySet().forEach(shape -> fills.add(component(shape)));
      lines.add(
          "| %s | %s | %s | %s | %s |"
              .formatted(
                  type.name(),
                  classes(type, type.taken()),
                  classes(type, type.refused()),
                  name(type, type.held()),
                  fills.stream().map(text -> "`" + text + "`").collect(Collectors.joining(", "))));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String classes(Type type, List<Object> values) {
    Set<String> names = new LinkedHashSet<>();
    values.forEach(value -> names.add(name(type, value)));
    return String.join(", ", names);
  }

  private static String name(Type type, Object value) {
    return switch (value) {
      case List<?> _ when type.refused().contains(value) -> "another `List`";
      case List<?> _ -> "`List`";
      case String text when type.name().equals("keyword") ->
          text.startsWith(":") ? "`String` with a colon" : "`String` without";
      case Color _ -> "enum";
      default -> "`" + value.getClass().getSimpleName() + "`";
    };
  }

  private static String component(Class<? extends Record> shape) {
    RecordComponent component = shape.getRecordComponents()[0];
    String type = component.getGenericType().getTypeName();
    return component.getType() == Color.class ? "enum" : type.replaceAll("[a-z.]+\\.([A-Z])", "$1");
  }
}
