/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import page.bits.db.spi.Bytes;
import page.bits.edn.Keyword;

class FormDigestTest {
  @Test
  void sameForms_writtenInOtherWays_haveOneDigest() {
    Bytes digest =
        FormDigest.of(
            TestDb.forms(
                "[{:a/n 1, :a/s #{\"x\" \"y\"}, :a/t #inst \"1970-01-01T00:00:00.005Z\"}"
                    + "[:db/add \"e\" :a/b 2]]"));

    assertThat(digest.size()).isEqualTo(32);
    assertThat(
            FormDigest.of(
                List.of(
                    Map.of(":a/t", new Date(5), Keyword.of(":a/s"), Set.of("y", "x"), ":a/n", 1),
                    List.of(":db/add", "e", Keyword.of(":a/b"), 2L))))
        .isEqualTo(digest);
    assertThat(
            FormDigest.of(
                List.of(
                    Map.of(":a/n", 1L, ":a/s", Set.of("x", "y"), ":a/t", Instant.ofEpochMilli(5)),
                    TestDb.forms("(:db/add \"e\" :a/b 2)"))))
        .isEqualTo(digest);
  }

  @Test
  void otherForms_haveOtherDigests() {
    assertThat(
            Set.of(
                FormDigest.of(TestDb.forms("[]")),
                FormDigest.of(TestDb.forms("[{:a/n 1}]")),
                FormDigest.of(TestDb.forms("[{:a/n 1.0}]")),
                FormDigest.of(TestDb.forms("[{:a/n \"1\"}]")),
                FormDigest.of(TestDb.forms("[{:a/n nil}]")),
                FormDigest.of(List.of(Map.of(":a/n", 1.5f))),
                FormDigest.of(List.of(Map.of(":a/n", new byte[] {1}))),
                FormDigest.of(TestDb.forms("[[:db/add 1 :a/n 1] [:db/add 2 :a/n 1]]"))))
        .hasSize(8);
  }

  @Test
  void bytes_asArrayOrValue_haveOneDigest() {
    assertThat(FormDigest.of(List.of(Map.of(":a/n", new byte[] {1}))))
        .isEqualTo(FormDigest.of(List.of(Map.of(":a/n", Bytes.ofHex("01")))));
  }
}
