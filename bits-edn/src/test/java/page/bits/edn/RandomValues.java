/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Random EDN values of every kind, from a small range, so that many are nearly equal.
final class RandomValues {
  private static final List<Double> DOUBLES =
      List.of(
          0.0,
          -0.0,
          1.0,
          0.1,
          -1.5,
          1e300,
          4.9e-324,
          9.007199254740993e15,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY);
  private static final List<String> DECIMALS =
      List.of("0", "0.0", "0E+5", "1", "1.0", "1.00", "0.1", "1E+3", "-1.5", "1000", "1E-400");
  private static final List<String> NAMES =
      List.of("a", "b", "+", "-", ".a", "a.b", "*x*", "a:b", "?e'", "é", "日本", "😀", "a#", "<=");
  private static final List<String> URIS =
      List.of(
          "http://a/%2f",
          "http://A/%2F",
          "HTTP://a:80/x?q#f",
          "urn:a:b",
          "a/b",
          "",
          "//a_b:c/x",
          "mailto:x@y",
          "http://u@a/",
          "http://a?",
          "http://a");
  private static final List<String> INSTANTS =
      List.of(
          "2026-11-24T12:00:00Z",
          "1970-01-01T00:00:00Z",
          "2026-11-24T12:00:00.001Z",
          "2026-11-24T12:00:00.000001Z",
          "2026-11-24T12:00:00.123456789Z",
          "-0044-03-15T00:00:00Z",
          "+12026-01-01T00:00:00Z",
          "0000-01-01T00:00:00Z");

  private final Random random;

  RandomValues(Random random) {
    this.random = random;
  }

  /// A value nested at most `depth` deep.
  @Nullable Object value(int depth) {
    return switch (random.nextInt(depth > 0 ? 20 : 14)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2, 3 -> number();
      case 4 -> number();
      case 5 -> character();
      case 6, 7 -> string();
      case 8 -> Keyword.of(random.nextBoolean() ? one(NAMES) : null, one(NAMES));
      case 9 -> symbol();
      case 10 -> instant();
      case 11 -> new UUID(half(), half());
      case 12 -> URI.create(one(URIS));
      case 13 -> (long) random.nextInt(4);
      case 14, 15 -> Collections.unmodifiableList(items(depth));
      case 16 -> EdnList.of(items(depth).toArray());
      case 17 -> Collections.unmodifiableSet(new LinkedHashSet<>(items(depth)));
      case 18 -> map(depth);
      default -> new Tagged(Symbol.of(random.nextBoolean() ? "my" : null, "tag"), value(depth - 1));
    };
  }

  private Object map(int depth) {
    var map = new LinkedHashMap<@Nullable Object, @Nullable Object>();
    for (Object key : items(depth)) {
      map.put(key, value(depth - 1));
    }
    return Collections.unmodifiableMap(map);
  }

  private List<@Nullable Object> items(int depth) {
    int count = random.nextInt(50) == 0 ? 100 : random.nextInt(5);
    var items = new ArrayList<@Nullable Object>();
    for (int i = 0; i < count; i++) {
      items.add(value(count > 5 ? Math.min(depth - 1, 1) : depth - 1));
    }
    return items;
  }

  private Object number() {
    return switch (random.nextInt(8)) {
      case 0 -> (long) random.nextInt(3) - 1;
      case 1 -> random.nextLong();
      case 2 -> BigInteger.valueOf(random.nextInt(3) - 1);
      case 3 -> new BigInteger(1 + random.nextInt(200), random).negate();
      case 4 -> one(DOUBLES);
      case 5 -> Double.longBitsToDouble(random.nextLong());
      case 6 -> new BigDecimal(one(DECIMALS));
      default -> new BigDecimal(BigInteger.valueOf(random.nextLong()), random.nextInt(40) - 20);
    };
  }

  private Character character() {
    return random.nextBoolean() ? (char) random.nextInt(128) : (char) random.nextInt(65_536);
  }

  private String string() {
    var text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      switch (random.nextInt(4)) {
        case 0 -> text.appendCodePoint(0x1F600 + random.nextInt(8));
        case 1 -> text.append((char) random.nextInt(65_536));
        default -> text.append(character());
      }
    }
    return text.toString();
  }

  private Symbol symbol() {
    return random.nextInt(8) == 0
        ? Symbol.of("/")
        : Symbol.of(random.nextBoolean() ? one(NAMES) : null, one(NAMES));
  }

  private Instant instant() {
    return switch (random.nextInt(8)) {
      case 0 -> Instant.MAX;
      case 1 -> Instant.MIN;
      case 2 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
      default -> Instant.parse(one(INSTANTS));
    };
  }

  private long half() {
    return random.nextBoolean() ? random.nextLong() : random.nextInt(3) - 1L;
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
