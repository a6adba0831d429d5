/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import page.bits.db.Datom;
import page.bits.db.DbError;
import page.bits.db.Partition;
import page.bits.db.internal.Seed;
import page.bits.db.internal.index.Counters;
import page.bits.db.internal.log.v1.EncodedRecord;
import page.bits.db.internal.log.v1.EntryCodec;
import page.bits.db.internal.schema.Levels;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.StoredEntry;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;
import page.bits.error.BitsException;

class EntryCodecTest {
  private static final DatabaseId DATABASE = new DatabaseId(new UUID(1, 2));
  private static final UUID SESSION = new UUID(3, 4);
  private static final List<Object> VALUES =
      List.of(
          1L,
          Long.MIN_VALUE,
          Long.MAX_VALUE,
          "",
          "text é 😀",
          Keyword.of("a/b"),
          Keyword.of("c"),
          Symbol.of("x/y"),
          true,
          false,
          Instant.ofEpochMilli(-1),
          new UUID(-5, 6),
          -0.0,
          Double.NaN,
          1.5f,
          new BigInteger("-123456789012345678901234567890"),
          new BigDecimal("1.00"),
          URI.create("https://example.org/x"),
          Bytes.ofHex("00ff10"),
          java.util.Arrays.asList(1L, null, "slot", Keyword.of("a/b")));

  @Test
  void decode_everyTypeOfValue_givesTheSameEntry() {
    EntryCodec.Encoded encoded = entry(7, Digest.NONE, record(1000, 0), record(1001, 1000));
    Entry decoded = EntryCodec.decode(DATABASE, stored(encoded));
    assertThat(decoded).isEqualTo(encoded.entry());
    assertThat(decoded.digest()).isEqualTo(decoded.chain().getLast());
  }

  @Test
  void encode_sameRecordsElsewhere_haveAnotherDigest() {
    EntryCodec.Encoded here = entry(7, Digest.NONE, record(1000, 0));
    EntryCodec.Encoded there = entry(8, Digest.NONE, record(1000, 0));
    EntryCodec.Encoded after = entry(7, here.entry().digest(), record(1000, 0));
    assertThat(here.entry().digest())
        .isNotEqualTo(there.entry().digest())
        .isNotEqualTo(after.entry().digest());
  }

  @Test
  void decode_anyFlippedBit_isNoticed() {
    EntryCodec.Encoded encoded = entry(7, Digest.NONE, record(1000, 0));
    var random = Seed.random("EntryCodecTest");
    byte[] bytes = encoded.bytes().toArray();
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= (byte) (1 << random.nextInt(8));
      var stored = new StoredEntry(7, encoded.entry().digest(), Bytes.wrap(damaged));
      assertThatThrownBy(() -> EntryCodec.decode(DATABASE, stored))
          .isInstanceOfSatisfying(
              BitsException.class,
              e ->
                  assertThat(e.is(DbError.STORAGE_CORRUPT) || e.is(DbError.TOO_NEW))
                      .as(e.getMessage())
                      .isTrue());
    }
  }

  @Test
  void decode_truncatedAnywhere_isCorrupt() {
    EntryCodec.Encoded encoded = entry(7, Digest.NONE, record(1000, 0));
    byte[] bytes = encoded.bytes().toArray();
    for (int length = 0; length < bytes.length; length++) {
      var stored =
          new StoredEntry(
              7, encoded.entry().digest(), Bytes.wrap(java.util.Arrays.copyOf(bytes, length)));
      assertThatThrownBy(() -> EntryCodec.decode(DATABASE, stored))
          .isInstanceOfSatisfying(
              BitsException.class,
              e -> assertThat(e.is(DbError.STORAGE_CORRUPT)).as(e.getMessage()).isTrue());
    }
  }

  private static EntryCodec.Encoded entry(long position, Digest previous, LogRecord... records) {
    Bytes salts = Bytes.wrap(new byte[records.length * EntryCodec.SALT_SIZE_BYTES]);
    List<EncodedRecord> encoded =
        Stream.of(records)
            .map(record -> EntryCodec.encode(record, Integer.MAX_VALUE).orElseThrow())
            .toList();
    return EntryCodec.encode(Levels.NEWEST, DATABASE, position, SESSION, previous, encoded, salts);
  }

  private static LogRecord record(long t, long prevT) {
    List<Datom> datoms =
        VALUES.stream()
            .map(
                v ->
                    new Datom(
                        Partition.entityId(Partition.USER, t),
                        200,
                        v,
                        Partition.tx(t),
                        !v.equals("")))
            .toList();
    var counters = new Counters(t, t + 1, 128, Instant.ofEpochMilli(1_700_000_000_123L));
    return new LogRecord(
        prevT, counters, new UUID(t, t), Map.of("tempid", 17_592_186_045_418L), datoms);
  }

  private static StoredEntry stored(EntryCodec.Encoded encoded) {
    return new StoredEntry(encoded.entry().position(), encoded.entry().digest(), encoded.bytes());
  }
}
