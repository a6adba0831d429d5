/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Reads the bytes of an entry, of format level 1 or 2, from its published grammar (package
/// `page.bits.db.internal.log.v1`) and from nothing else: it shares no code with the database, so
/// that a mistake in one is seen by the other.
///
/// What it does not know it refuses, with [IllegalArgumentException].
final class EntryReader {
  private static final byte[] MAGIC = "BITS".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGEST_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int EXCISED = 2;

  private final ByteBuffer in;
  private final MessageDigest sha = sha256();

  private EntryReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  /// An entry: `digest` is what its bytes give, `previous` what it names.
  @SuppressWarnings("ArrayRecordComponent") // compared and dropped
  record Read(UUID database, long position, byte[] previous, byte[] digest, List<LoggedTx> txs) {}

  static Read read(byte[] bytes) {
    try {
      return new EntryReader(bytes).entry();
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("it ends too early", e);
    }
  }

  private Read entry() {
    require(java.util.Arrays.equals(raw(MAGIC.length), MAGIC), "magic");
    int level = in.get();
    require(level == 1 || level == 2, "level");
    UUID database = uuid();
    long position = varint();
    uuid(); // the session of the writer
    byte[] previous = raw(DIGEST_BYTES);
    int count = (int) varint();
    sha.update("bits/entry/1".getBytes(StandardCharsets.US_ASCII));
    sha.update(in.duplicate().flip());
    byte[] chain = sha.digest();
    var txs = new ArrayList<LoggedTx>(count);
    for (int i = 0; i < count; i++) {
      int kind = in.get();
      require(
          kind == 1 || kind == EXCISED || (kind == 3 && level == 2), "a record of kind " + kind);
      byte[] ofRecord = kind == EXCISED ? raw(DIGEST_BYTES) : digestAhead();
      long excisedBy = kind == EXCISED ? varint() : 0;
      sha.update(chain);
      chain = sha.digest(ofRecord);
      LoggedTx tx = record(kind == EXCISED, excisedBy, ByteBuffer.wrap(chain).getLong());
      txs.add(kind == 1 ? tx : withEphemeral(tx));
    }
    require(!in.hasRemaining(), "bytes after the last record");
    return new Read(database, position, previous, chain, txs);
  }

  /// Of the salt, which is passed, and the body that follows.
  private byte[] digestAhead() {
    sha.update(raw(SALT_BYTES));
    int start = in.position();
    int length = (int) varint();
    sha.update(in.slice(in.position(), length));
    in.position(start);
    return sha.digest();
  }

  /// The body of a record; what is left of an excised one has a checksum behind it.
  private LoggedTx record(boolean hasChecksum, long excisedBy, long chain) {
    int length = (int) varint();
    int end = in.position() + length;
    long checksum = checksum(length);
    LoggedTx tx = body(excisedBy, chain);
    require(in.position() == end, "a record of another length");
    require(!hasChecksum || in.getLong() == checksum, "a record with another checksum");
    return tx;
  }

  /// Of so many bytes from here on.
  private long checksum(int length) {
    var crc = new CRC32C();
    crc.update(in.slice(in.position(), length));
    return crc.getValue();
  }

  private LoggedTx body(long excisedBy, long chain) {
    long prevT = varint();
    long t = varint();
    varint(); // the next entity
    varint(); // the next schema element
    long instant = zigzag();
    UUID submission = uuid();
    for (long i = varint(); i > 0; i--) { // tempids
      text();
      varint();
    }
    return new LoggedTx(prevT, t, instant, submission, said(), List.of(), excisedBy, chain);
  }

  /// With the section of what is ephemeral, which follows.
  private LoggedTx withEphemeral(LoggedTx tx) {
    int length = (int) varint();
    int end = in.position() + length;
    long checksum = checksum(length);
    List<LoggedTx.Said> ephemeral = said();
    require(in.position() == end, "a section of another length");
    require(in.getLong() == checksum, "a section with another checksum");
    return tx.with(ephemeral);
  }

  private List<LoggedTx.Said> said() {
    int count = (int) varint();
    var said = new ArrayList<LoggedTx.Said>(count);
    long e = 0;
    for (int i = 0; i < count; i++) {
      e += zigzag();
      long attribute = varint();
      said.add(new LoggedTx.Said(e, attribute >>> 1, value(in.get()), (attribute & 1) == 1));
    }
    return said;
  }

  private Object value(int tag) {
    return switch (tag) {
      case 1 -> zigzag();
      case 2, 12 -> text();
      case 3 -> ":" + name();
      case 4 -> true;
      case 5 -> false;
      case 6 -> Instant.ofEpochMilli(zigzag());
      case 7 -> uuid();
      case 8 -> Double.longBitsToDouble(in.getLong());
      case 9 -> Float.intBitsToFloat((int) in.getLong());
      case 10 -> new BigInteger(sized());
      case 11 -> {
        int scale = (int) zigzag();
        yield new BigDecimal(new BigInteger(sized()), scale);
      }
      case 13 -> HexFormat.of().formatHex(sized());
      case 14 -> name();
      case 15 -> tuple();
      default -> throw new IllegalArgumentException("a value of tag " + tag);
    };
  }

  private List<@Nullable Object> tuple() {
    int size = in.get();
    var slots = new ArrayList<@Nullable Object>(size);
    for (int i = 0; i < size; i++) {
      int tag = in.get();
      slots.add(tag == 0 ? null : value(tag));
    }
    return slots;
  }

  private String name() {
    return in.get() == 1 ? text() + "/" + text() : text();
  }

  private String text() {
    return new String(sized(), StandardCharsets.UTF_8);
  }

  private byte[] sized() {
    return raw((int) varint());
  }

  private UUID uuid() {
    return new UUID(in.getLong(), in.getLong());
  }

  private long varint() {
    return varint(in);
  }

  static long varint(ByteBuffer in) {
    long value = 0;
    int shift = 0;
    byte next = in.get();
    for (; next < 0; next = in.get()) {
      value |= (next & 0x7FL) << shift;
      shift += 7;
      require(shift < 64, "a varint without end");
    }
    return value | (next & 0x7FL) << shift;
  }

  private long zigzag() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  private byte[] raw(int count) {
    require(count >= 0 && count <= in.remaining(), "a length beyond the end");
    var raw = new byte[count];
    in.get(raw);
    return raw;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
