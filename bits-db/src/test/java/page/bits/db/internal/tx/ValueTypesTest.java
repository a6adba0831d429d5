/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.DbError;
import page.bits.db.spi.Bytes;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;

/// What values an attribute of each type takes.
final class ValueTypesTest {
  private final TestDb db = People.db();

  @Test
  @Row("T-39")
  void t39_values_takeTheirAttributesType() {
    UUID uuid = UUID.fromString("00000000-0000-0000-0000-000000000001");
    accepted(":x/n", 7, 7L);
    accepted(":x/n", (short) 7, 7L);
    accepted(":x/double", 1.5, 1.5);
    accepted(":x/double", Double.NaN, Double.NaN);
    accepted(":x/float", 1.5, 1.5f);
    accepted(":x/float", 1.5f, 1.5f);
    accepted(":x/flag", false, false);
    accepted(":x/at", new Date(17), Instant.ofEpochMilli(17));
    accepted(":x/at", Instant.ofEpochSecond(1, 1_999_999), Instant.ofEpochSecond(1, 1_000_000));
    accepted(":x/uuid", uuid, uuid);
    accepted(":x/uri", java.net.URI.create("http://a"), java.net.URI.create("http://a"));
    accepted(":x/dec", new BigDecimal("1.0"), new BigDecimal("1.0"));
    accepted(":x/int", BigInteger.TEN, BigInteger.TEN);
    accepted(":x/kw", ":a/b", Keyword.of(":a/b"));
    accepted(":p/name", ":a/b", ":a/b");
    accepted(":x/sym", page.bits.edn.Symbol.of("a"), page.bits.edn.Symbol.of("a"));
    accepted(":x/bytes", new byte[] {1}, Bytes.ofHex("01"));
  }

  private void accepted(String attribute, Object raw, Object value) {
    Evaluated tx = db.transact(List.of(Map.of(":db/id", "x", attribute, raw)));
    assertThat(db.value(TestDb.id(tx, "x"), attribute)).isEqualTo(value);
  }

  @Test
  @Row("T-39")
  void t39_wrongTypes_areRefusedWithBothTypes() {
    for (String bad :
        List.of(
            ":x/n \"1\"",
            ":x/n 1.0",
            ":x/n 1N",
            ":x/double 1",
            ":x/float 1",
            ":x/dec 1.0",
            ":x/int 1",
            ":x/flag 1",
            ":x/at \"2026\"",
            ":x/at 1",
            ":x/uuid \"1\"",
            ":x/uri \"http://a\"",
            ":x/kw \"a\"",
            ":x/sym \"a\"",
            ":x/bytes \"a\"",
            ":p/name :a",
            ":p/name 1",
            ":p/boss true",
            ":p/boss 1.5",
            ":p/tag [\"a\" 1]")) {
      db.refused(DbError.WRONG_TYPE_FOR_ATTRIBUTE, "[{" + bad + "}]");
    }
    BitsException refusal =
        db.refused(DbError.WRONG_TYPE_FOR_ATTRIBUTE, "[[:db/add \"x\" :x/n \"secret\"]]");
    assertThat(refusal.data())
        .containsEntry("expected", ":db.type/long")
        .containsEntry("found", "String");
    assertThat(refusal.getMessage()).doesNotContain("secret");
    db.refused(DbError.NIL_VALUE, "[{:p/name nil}]");
    db.refused(DbError.NIL_VALUE, "[{:p/tag [nil]}]");
    db.refused(DbError.NIL_VALUE, "[{:p/boss nil}]");
  }

  @Test
  @Row("S-20")
  void s20_bigNumbers_areBounded() {
    db.refused(DbError.TOO_LARGE, List.of(Map.of(":x/dec", new BigDecimal("1".repeat(1025)))));
    db.refused(DbError.TOO_LARGE, List.of(Map.of(":x/int", BigInteger.ONE.shiftLeft(8192))));
  }

  @Test
  @Row("S-20")
  void s20_scaleOfADecimal_canChange() {
    db.transact("[{:p/email \"e\" :x/dec 1.0M}]");

    Evaluated tx = db.transact("[{:p/email \"e\" :x/dec 1.00M}]");

    assertThat(db.shown(tx)).containsExactly("+ :x/dec 1.00", "- :x/dec 1.0");
  }
}
