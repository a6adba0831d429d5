/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import page.bits.edn.Edn;

final class ResultPrinterTest {
  private static String print(String query, Object result) {
    return ResultPrinter.print(Edn.read(query), result);
  }

  @Test
  void relation_anyOrder_isSortedOneRowOnALine() {
    Set<List<Object>> rows =
        new LinkedHashSet<>(List.of(List.of("b", 2L), List.of("a", 3L), List.of("a", 1L)));
    assertThat(print("[:find ?a ?b :where [?a :x ?b]]", rows))
        .isEqualTo("#{[\"a\" 1]\n  [\"a\" 3]\n  [\"b\" 2]}");
  }

  @Test
  void collection_anyOrder_isSorted() {
    assertThat(print("[:find [?a ...] :where [?a :x]]", List.of(3L, 1L, 2L)))
        .isEqualTo("[1\n 2\n 3]");
  }

  @Test
  void tuple_vectorOrMapForm_keepsItsOrder() {
    List<Object> tuple = List.of(3L, 1L);
    assertThat(print("[:find [?a ?b] :where [?a :x ?b]]", tuple)).isEqualTo("[3 1]");
    assertThat(print("{:find [[?a ?b]] :where [[?a :x ?b]]}", tuple)).isEqualTo("[3 1]");
  }

  @Test
  void keysResult_aggregateFirst_isSortedLikeARelation() {
    List<Object> maps = List.of(Edn.read("{:n 2}"), Edn.read("{:n 1}"));
    assertThat(print("[:find (count ?a) :keys n :where [?a :x]]", maps))
        .isEqualTo("[{:n 1}\n {:n 2}]");
  }

  @Test
  void scalar_absent_isNil() {
    assertThat(ResultPrinter.print(Edn.read("[:find ?a . :where [?a :x]]"), null)).isEqualTo("nil");
  }
}
