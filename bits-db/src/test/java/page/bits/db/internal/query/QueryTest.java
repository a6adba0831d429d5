/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import page.bits.conformance.Row;
import page.bits.db.Db;
import page.bits.db.internal.Blog;
import page.bits.db.internal.EdnCases;
import page.bits.error.BitsException;

/// Each query of `queries.edn`, `rules.edn` and `functions.edn` against its answer.
final class QueryTest {
  private static final Db DB = Blog.db();

  @TestFactory
  @Row({
    "Q-01", "Q-02", "Q-03", "Q-04", "Q-05", "Q-06", "Q-07", "Q-08", "Q-09", "Q-10", "Q-11", "Q-12",
    "Q-20", "Q-21", "Q-22", "Q-27", "Q-28", "Q-29", "Q-30", "Q-31", "Q-33", "Q-35", "RA-24", "RF-14"
  })
  Stream<DynamicTest> query_ofTheList_answersAsWritten() {
    return EdnCases.of(QueryTest.class, "queries.edn", QueryTest::check);
  }

  @TestFactory
  @Row({"Q-08", "Q-10", "Q-22", "Q-23", "Q-24", "Q-25", "Q-26", "RA-23"})
  Stream<DynamicTest> query_withRules_answersAsWritten() {
    return EdnCases.of(QueryTest.class, "rules.edn", QueryTest::check);
  }

  @TestFactory
  @Row({
    "Q-05", "Q-07", "Q-08", "Q-09", "Q-27", "Q-28", "Q-29", "Q-30", "Q-31", "Q-32", "Q-33", "Q-34",
    "Q-35", "Q-36", "Q-37", "Q-51", "Q-40", "RA-21", "RA-28", "RB-09"
  })
  Stream<DynamicTest> query_withFunctions_answersAsWritten() {
    return EdnCases.of(QueryTest.class, "functions.edn", QueryTest::check);
  }

  private static void check(Map<?, ?> testCase) {
    Object query = Objects.requireNonNull(EdnCases.get(testCase, "query"));
    Object[] inputs =
        EdnCases.get(testCase, "in") instanceof List<?> list ? list.toArray() : new Object[0];
    String error = (String) EdnCases.get(testCase, "error");
    if (error == null) {
      Object result = DB.q(query, inputs);
      boolean asSet = EdnCases.get(testCase, "as-set") != null;
      assertThat(asSet ? asSet(result) : result).isEqualTo(EdnCases.get(testCase, "result"));
    } else {
      BitsException thrown = catchThrowableOfType(BitsException.class, () -> DB.q(query, inputs));
      assertThat(thrown).isNotNull();
      checkError(testCase, error, thrown);
    }
  }

  private static Object asSet(@Nullable Object result) {
    return new HashSet<>((Collection<?>) Objects.requireNonNull(result));
  }

  private static void checkError(Map<?, ?> testCase, String error, BitsException thrown) {
    assertThat(thrown.code()).as(thrown.getMessage()).isEqualTo(error);
    if (EdnCases.get(testCase, "near") instanceof List<?> near) {
      assertThat(((List<?>) Objects.requireNonNull(thrown.data().get("near"))).getFirst())
          .isEqualTo(near.getFirst());
    }
    if (EdnCases.get(testCase, "data") instanceof Map<?, ?> data) {
      data.forEach((key, value) -> assertThat(thrown.data().get(key)).isEqualTo(value));
    }
  }
}
