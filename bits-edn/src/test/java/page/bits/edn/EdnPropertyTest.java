/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import page.bits.error.BitsException;

final class EdnPropertyTest {
  private static final String ALPHABET =
      "()[]{}#:_/\\\"';,.+-eENM019abnu^@`~ \n\t\uD83D\uDE00é\u0000";

  @Test
  void print_anyValue_readsBackEqual() {
    var values = new RandomValues(Seed.random("print_anyValue"));
    for (int i = 0; i < 20_000; i++) {
      Object value = values.value(5);
      String text = Edn.print(value);
      assertThat(text.lines()).as(text).hasSizeLessThanOrEqualTo(1);
      Object again = Edn.read(text);
      assertThat(again).as(text).isEqualTo(value);
      assertThat(value).as(text).isEqualTo(again);
      assertThat(Objects.hashCode(again)).as(text).isEqualTo(Objects.hashCode(value));
      assertThat(Edn.print(again)).isEqualTo(text);
    }
  }

  @Test
  void printSorted_equalValuesOfOtherInsertionOrder_printsTheSame() {
    Random random = Seed.random("printSorted");
    var values = new RandomValues(random);
    for (int i = 0; i < 10_000; i++) {
      Object value = values.value(4);
      String text = Edn.printSorted(value);
      assertThat(Edn.read(text)).isEqualTo(value);
      Object shuffled = shuffled(value);
      assertThat(shuffled).isEqualTo(value);
      assertThat(Edn.printSorted(shuffled)).isEqualTo(text);
      assertThat(Edn.order().compare(value, shuffled)).as(text).isZero();
    }
  }

  /// An equal value whose sets and maps have another order.
  private static @Nullable Object shuffled(@Nullable Object value) {
    return switch (value) {
      case EdnList list -> EdnList.of(all(list).toArray());
      case List<?> list -> all(list);
      case Set<?> set -> new HashSet<>(all(set));
      case Map<?, ?> map -> {
        var other = new HashMap<@Nullable Object, @Nullable Object>();
        map.forEach((k, v) -> other.put(shuffled(k), shuffled(v)));
        yield other;
      }
      case Tagged tagged -> new Tagged(tagged.tag(), shuffled(tagged.value()));
      case null, default -> value;
    };
  }

  private static List<@Nullable Object> all(Iterable<?> values) {
    var items = new ArrayList<@Nullable Object>();
    values.forEach(value -> items.add(shuffled(value)));
    return items;
  }

  @Test
  void order_anyThreeValues_isTotalTransitiveAndConsistentWithEquals() {
    Random random = Seed.random("order_anyThreeValues");
    var values = new RandomValues(random);
    var order = Edn.order();
    for (int round = 0; round < 200; round++) {
      var pool = new ArrayList<@Nullable Object>();
      for (int i = 0; i < 60; i++) {
        pool.add(values.value(round % 4));
      }
      Collections.sort(pool, order);
      // Sorted, every pair must agree with its places: that is totality and transitivity at once.
      for (int i = 0; i < pool.size(); i++) {
        for (int j = i; j < pool.size(); j++) {
          Object a = pool.get(i);
          Object b = pool.get(j);
          int sign = Integer.signum(order.compare(a, b));
          String pair = Edn.print(a) + " and " + Edn.print(b);
          assertThat(sign).as(pair).isNotPositive();
          assertThat(Integer.signum(order.compare(b, a))).as(pair).isEqualTo(-sign);
          assertThat(sign == 0).as(pair).isEqualTo(Objects.equals(a, b));
        }
      }
    }
  }

  @Test
  void read_mutatedText_throwsOnlyBitsException() {
    Random random = Seed.random("read_mutatedText");
    var values = new RandomValues(random);
    for (int i = 0; i < 30_000; i++) {
      check(mutated(Edn.print(values.value(3)), random));
    }
  }

  @Test
  void read_randomText_throwsOnlyBitsException() {
    Random random = Seed.random("read_randomText");
    for (int i = 0; i < 100_000; i++) {
      check(mutated("", random));
    }
  }

  private static String mutated(String text, Random random) {
    var mutated = new StringBuilder(text);
    for (int i = 1 + random.nextInt(text.isEmpty() ? 20 : 3); i > 0; i--) {
      int at = random.nextInt(mutated.length() + 1);
      char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      switch (random.nextInt(3)) {
        case 0 -> mutated.delete(at, Math.min(mutated.length(), at + 1));
        case 1 ->
            mutated.insert(at, text.isEmpty() ? c : text.charAt(random.nextInt(text.length())));
        default -> mutated.insert(at, c);
      }
    }
    return mutated.toString();
  }

  /// Reads or is refused with a place; what was read prints and reads back equal.
  private static void check(String text) {
    List<@Nullable Object> read;
    try {
      read = Edn.readAll(text);
    } catch (BitsException e) {
      assertThat(e.code()).as(text).startsWith(":edn.error/");
      assertThat(e.data()).as(text).containsKeys("line", "column");
      return;
    } catch (RuntimeException | StackOverflowError e) {
      fail("reading " + text, e);
      return;
    }
    for (Object value : read) {
      assertThat(Edn.read(Edn.print(value))).as(text).isEqualTo(value);
    }
  }
}
