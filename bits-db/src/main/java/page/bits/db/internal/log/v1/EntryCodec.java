/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.log.v1;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import page.bits.db.Datom;
import page.bits.db.Partition;
import page.bits.db.internal.index.Counters;
import page.bits.db.internal.log.Entry;
import page.bits.db.internal.log.LogErrors;
import page.bits.db.internal.log.LogRecord;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.StoredEntry;

/// Writes and reads entries in format 1, see the package's grammar. Stateless and thread-safe.
public final class EntryCodec {
  /// The format's number, the fifth byte of every entry.
  public static final int FORMAT = 1;

  /// The size of the random bytes that keep the digest of an excised record from being guessed.
  public static final int SALT_SIZE_BYTES = 16;

  /// How many bytes a record takes in its entry beyond its own, at most.
  public static final int RECORD_OVERHEAD_BYTES = 1 + SALT_SIZE_BYTES + 5;

  static final byte[] MAGIC = "BITS".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DOMAIN = "bits/entry/1".getBytes(StandardCharsets.US_ASCII);
  private static final int RECORD_PRESENT = 1;
  private static final int HEADER_SIZE_BYTES_MAX = 100;

  private EntryCodec() {}

  /// An entry and its bytes.
  public record Encoded(Entry entry, Bytes bytes) {}

  /// The bytes of a record by itself; empty when they are more than so many.
  public static Optional<EncodedRecord> encode(LogRecord record, int sizeBytesMax) {
    var body = new ByteWriter();
    return writeBody(body, record, sizeBytesMax)
        ? Optional.of(new EncodedRecord(record, body.toBytes()))
        : Optional.empty();
  }

  /// Chains the records to `previous`. `salts` has [#SALT_SIZE_BYTES] random bytes for each record.
  public static Encoded encode(
      DatabaseId database,
      long position,
      UUID session,
      Digest previous,
      List<EncodedRecord> records,
      Bytes salts) {
    var out = new ByteWriter(HEADER_SIZE_BYTES_MAX + sizeBytes(records));
    writeHeader(out, database, position, session, previous, records.size());
    MessageDigest sha = sha256();
    Digest birth = digest(sha, DOMAIN, out.written(0));
    var chain = new ArrayList<Digest>(records.size());
    byte[] allSalts = salts.toArray();
    Digest link = birth;
    for (int i = 0; i < records.size(); i++) {
      Bytes body = records.get(i).body();
      out.one(RECORD_PRESENT);
      out.raw(allSalts, i * SALT_SIZE_BYTES, SALT_SIZE_BYTES);
      out.varint(body.size());
      out.raw(body);
      ByteBuffer salt = ByteBuffer.wrap(allSalts, i * SALT_SIZE_BYTES, SALT_SIZE_BYTES);
      link = link(sha, link, salt, body.asReadOnlyBuffer());
      chain.add(link);
    }
    List<LogRecord> plain = records.stream().map(EncodedRecord::record).toList();
    return new Encoded(
        new Entry(database, position, session, previous, birth, plain, chain), out.toBytes());
  }

  private static int sizeBytes(List<EncodedRecord> records) {
    int sum = 0;
    for (EncodedRecord record : records) {
      sum += record.sizeBytes() + RECORD_OVERHEAD_BYTES;
    }
    return sum;
  }

  private static void writeHeader(
      ByteWriter out,
      DatabaseId database,
      long position,
      UUID session,
      Digest previous,
      int recordCount) {
    out.raw(MAGIC);
    out.one(FORMAT);
    out.uuid(database.uuid());
    out.varint(position);
    out.uuid(session);
    out.raw(previous.bytes());
    out.varint(recordCount);
  }

  /// False when it takes more than so many bytes; then it is not written to the end.
  private static boolean writeBody(ByteWriter out, LogRecord record, int sizeBytesMax) {
    out.varint(record.prevT());
    out.varint(record.t());
    out.varint(record.counters().nextEntity());
    out.varint(record.counters().nextElement());
    out.zigzag(record.txInstant().toEpochMilli());
    out.uuid(record.submissionId());
    out.varint(record.tempids().size());
    record
        .tempids()
        .forEach(
            (name, id) -> {
              out.text(name);
              out.varint(id);
            });
    out.varint(record.datoms().size());
    long lastE = 0;
    for (Datom datom : record.datoms()) {
      out.zigzag(datom.e() - lastE);
      out.varint(datom.a() << 1 | (datom.added() ? 1 : 0));
      ValueCodec.write(out, datom.v());
      lastE = datom.e();
      if (out.size() > sizeBytesMax) {
        return false;
      }
    }
    return out.size() <= sizeBytesMax;
  }

  /// Reads an entry and checks it: format, database, position, and that its digest is the one
  /// stored beside it.
  public static Entry decode(DatabaseId database, StoredEntry stored) {
    try {
      Entry entry = read(new ByteReader(stored.bytes()), stored.position());
      if (!entry.database().equals(database)
          || entry.position() != stored.position()
          || !entry.digest().equals(stored.digest())) {
        throw LogErrors.corrupt(database, stored.position(), "it is another entry", null);
      }
      return entry;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw LogErrors.corrupt(database, stored.position(), "its bytes cannot be read", e);
    }
  }

  private static Entry read(ByteReader in, long position) {
    readMagic(in);
    int format = in.one();
    if (format > FORMAT) {
      throw LogErrors.tooNew(position, format, FORMAT);
    }
    var database = new DatabaseId(in.uuid());
    long storedPosition = in.varint();
    UUID session = in.uuid();
    var previous = new Digest(Bytes.wrap(in.raw(Digest.SIZE_BYTES)));
    int count = in.count(1);
    MessageDigest sha = sha256();
    Digest birth = digest(sha, DOMAIN, in.slice(0, in.position()));
    var records = new ArrayList<LogRecord>(count);
    var chain = new ArrayList<Digest>(count);
    Digest link = birth;
    for (int i = 0; i < count; i++) {
      if (in.one() != RECORD_PRESENT) {
        throw LogErrors.tooNew(position, format, FORMAT);
      }
      ByteBuffer salt = in.slice(in.position(), in.position() + SALT_SIZE_BYTES);
      in.skip(SALT_SIZE_BYTES);
      int length = in.count(1);
      int bodyStart = in.position();
      records.add(readBody(in));
      if (in.position() != bodyStart + length) {
        throw new IllegalArgumentException("a record of another length");
      }
      link = link(sha, link, salt, in.slice(bodyStart, in.position()));
      chain.add(link);
    }
    if (!in.atEnd()) {
      throw new IllegalArgumentException("bytes after the last record");
    }
    return new Entry(database, storedPosition, session, previous, birth, records, chain);
  }

  static void readMagic(ByteReader in) {
    if (!java.util.Arrays.equals(in.raw(MAGIC.length), MAGIC)) {
      throw new IllegalArgumentException("magic");
    }
  }

  private static LogRecord readBody(ByteReader in) {
    long prevT = in.varint();
    long t = in.varint();
    long nextEntity = in.varint();
    long nextElement = in.varint();
    Instant txInstant = Instant.ofEpochMilli(in.zigzag());
    UUID submission = in.uuid();
    Map<String, Long> tempids = new LinkedHashMap<>();
    for (int i = in.count(2); i > 0; i--) {
      tempids.put(in.text(), in.varint());
    }
    int count = in.count(3);
    var datoms = new ArrayList<Datom>(count);
    long tx = Partition.tx(t);
    long e = 0;
    for (int i = 0; i < count; i++) {
      e += in.zigzag();
      long attribute = in.varint();
      datoms.add(new Datom(e, attribute >>> 1, ValueCodec.read(in), tx, (attribute & 1) == 1));
    }
    var counters = new Counters(t, nextEntity, nextElement, txInstant);
    return new LogRecord(prevT, counters, submission, tempids, datoms);
  }

  private static Digest link(MessageDigest sha, Digest previous, ByteBuffer salt, ByteBuffer body) {
    sha.update(salt);
    sha.update(body);
    byte[] ofRecord = sha.digest();
    return digest(sha, previous.bytes().toArray(), ByteBuffer.wrap(ofRecord));
  }

  private static Digest digest(MessageDigest sha, byte[] first, ByteBuffer second) {
    sha.update(first);
    sha.update(second);
    return new Digest(Bytes.wrap(sha.digest()));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
