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
import java.util.zip.CRC32C;
import page.bits.db.Datom;
import page.bits.db.Partition;
import page.bits.db.internal.index.Counters;
import page.bits.db.internal.log.Entry;
import page.bits.db.internal.log.LogErrors;
import page.bits.db.internal.log.LogRecord;
import page.bits.db.internal.schema.Levels;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.StoredEntry;

/// Writes and reads entries, see the package's grammar. Stateless and thread-safe.
public final class EntryCodec {
  /// The size of the random bytes that keep the digest of an excised record from being guessed.
  public static final int SALT_SIZE_BYTES = 16;

  /// How many bytes a record takes in its entry beyond its own, at most.
  public static final int RECORD_OVERHEAD_BYTES = 1 + SALT_SIZE_BYTES + 5;

  static final byte[] MAGIC = "BITS".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DOMAIN = "bits/entry/1".getBytes(StandardCharsets.US_ASCII);
  private static final int RECORD_PRESENT = 1;
  private static final int RECORD_EXCISED = 2;
  private static final int RECORD_WITH_EPHEMERAL = 3;
  private static final int HEADER_SIZE_BYTES_MAX = 100;

  private EntryCodec() {}

  /// An entry and its bytes.
  public record Encoded(Entry entry, Bytes bytes) {}

  /// The bytes of a record by itself; empty when they are more than so many.
  public static Optional<EncodedRecord> encode(LogRecord record, int sizeBytesMax) {
    var body = new ByteWriter();
    var ephemeral = new ByteWriter();
    return writeBody(body, record, sizeBytesMax)
            && (record.ephemeral().isEmpty()
                || writeDatoms(ephemeral, record.ephemeral(), sizeBytesMax - body.size()))
        ? Optional.of(new EncodedRecord(record, body.toBytes(), ephemeral.toBytes()))
        : Optional.empty();
  }

  /// Chains the records to `previous`. `level` is that of the database; `salts` has
  /// [#SALT_SIZE_BYTES] random bytes for each record.
  public static Encoded encode(
      int level,
      DatabaseId database,
      long position,
      UUID session,
      Digest previous,
      List<EncodedRecord> records,
      Bytes salts) {
    var out = new ByteWriter(HEADER_SIZE_BYTES_MAX + sizeBytes(records));
    writeHeader(out, level, database, position, session, previous, records.size());
    MessageDigest sha = sha256();
    Digest birth = digest(sha, DOMAIN, out.written(0));
    var chain = new ArrayList<Digest>(records.size());
    byte[] allSalts = salts.toArray();
    Digest link = birth;
    for (int i = 0; i < records.size(); i++) {
      Bytes body = records.get(i).body();
      Bytes ephemeral = records.get(i).ephemeral();
      if (ephemeral.size() > 0 && level < Levels.EPHEMERAL) {
        throw new IllegalArgumentException("ephemeral datoms below their format level");
      }
      out.one(ephemeral.size() == 0 ? RECORD_PRESENT : RECORD_WITH_EPHEMERAL);
      out.raw(allSalts, i * SALT_SIZE_BYTES, SALT_SIZE_BYTES);
      out.varint(body.size());
      out.raw(body);
      ByteBuffer salt = ByteBuffer.wrap(allSalts, i * SALT_SIZE_BYTES, SALT_SIZE_BYTES);
      Digest ofRecord = ofRecord(sha, salt, body.asReadOnlyBuffer());
      link = digest(sha, link.bytes().toArray(), ofRecord.bytes().asReadOnlyBuffer());
      chain.add(link);
      if (ephemeral.size() > 0) {
        writeEphemeral(out, ephemeral.asReadOnlyBuffer());
      }
    }
    List<LogRecord> plain = records.stream().map(EncodedRecord::record).toList();
    return new Encoded(
        new Entry(level, database, position, session, previous, birth, plain, chain),
        out.toBytes());
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
      int level,
      DatabaseId database,
      long position,
      UUID session,
      Digest previous,
      int recordCount) {
    out.raw(MAGIC);
    out.one(level);
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
    return writeDatoms(out, record.datoms(), sizeBytesMax);
  }

  private static boolean writeDatoms(ByteWriter out, List<Datom> datoms, int sizeBytesMax) {
    out.varint(datoms.size());
    long lastE = 0;
    for (Datom datom : datoms) {
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
    int level = in.one();
    if (level > Levels.NEWEST) {
      throw LogErrors.tooNew(position, level, Levels.NEWEST);
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
      Stored record = readRecord(in, sha, level, position);
      link = digest(sha, link.bytes().toArray(), record.digest().bytes().asReadOnlyBuffer());
      chain.add(link);
      records.add(record.record());
    }
    if (!in.atEnd()) {
      throw new IllegalArgumentException("bytes after the last record");
    }
    return new Entry(level, database, storedPosition, session, previous, birth, records, chain);
  }

  /// A record as it lies in an entry, with the digest by which the chain knows it.
  record Stored(LogRecord record, Digest digest) {}

  static Stored readRecord(ByteReader in, MessageDigest sha, int level, long position) {
    int kind = in.one();
    if (kind == RECORD_EXCISED) {
      return readExcised(in);
    }
    boolean hasEphemeral = kind == RECORD_WITH_EPHEMERAL && level >= Levels.EPHEMERAL;
    if (kind != RECORD_PRESENT && !hasEphemeral) {
      throw LogErrors.tooNew(position, level + 1, Levels.NEWEST);
    }
    int start = in.position();
    in.skip(SALT_SIZE_BYTES);
    ByteBuffer salt = in.slice(start, in.position());
    int length = in.count(1);
    int bodyStart = in.position();
    LogRecord record = readBody(in, length);
    ByteBuffer body = in.slice(bodyStart, in.position());
    return new Stored(hasEphemeral ? readEphemeral(in, record) : record, ofRecord(sha, salt, body));
  }

  private static Stored readExcised(ByteReader in) {
    var digest = new Digest(Bytes.wrap(in.raw(Digest.SIZE_BYTES)));
    long by = in.varint();
    int length = in.count(1);
    int start = in.position();
    LogRecord record = readBody(in, length);
    if (in.fixed() != checksum(in.slice(start, start + length))) {
      throw new IllegalArgumentException("what was left has another checksum");
    }
    return new Stored(readEphemeral(in, record).excisedBy(by), digest);
  }

  /// Writes what an excision left of a record. `digest` is that of the record as it was.
  static void writeExcised(ByteWriter out, Digest digest, LogRecord left) {
    var body = new ByteWriter();
    var ephemeral = new ByteWriter();
    if (!writeBody(body, left, Integer.MAX_VALUE)
        || !writeDatoms(ephemeral, left.ephemeral(), Integer.MAX_VALUE)) {
      throw new IllegalArgumentException("a record beyond all bounds");
    }
    out.one(RECORD_EXCISED);
    out.raw(digest.bytes());
    out.varint(left.excisedBy().orElseThrow());
    out.varint(body.size());
    out.raw(body.written(0));
    out.fixed(checksum(body.written(0)));
    writeEphemeral(out, ephemeral.written(0));
  }

  private static void writeEphemeral(ByteWriter out, ByteBuffer section) {
    out.varint(section.remaining());
    out.raw(section.duplicate());
    out.fixed(checksum(section.duplicate()));
  }

  private static LogRecord readEphemeral(ByteReader in, LogRecord record) {
    int length = in.count(1);
    int start = in.position();
    List<Datom> ephemeral = readDatoms(in, Partition.tx(record.t()));
    if (in.position() != start + length) {
      throw new IllegalArgumentException("a section of another length");
    }
    if (in.fixed() != checksum(in.slice(start, start + length))) {
      throw new IllegalArgumentException("a section with another checksum");
    }
    return new LogRecord(
        record.prevT(),
        record.counters(),
        record.submissionId(),
        record.tempids(),
        record.datoms(),
        ephemeral);
  }

  static void readMagic(ByteReader in) {
    if (!java.util.Arrays.equals(in.raw(MAGIC.length), MAGIC)) {
      throw new IllegalArgumentException("magic");
    }
  }

  static void skipHeader(ByteReader in) {
    readMagic(in);
    in.skip(1 + 2 * Long.BYTES);
    in.varint();
    in.skip(2 * Long.BYTES + Digest.SIZE_BYTES);
    in.varint();
  }

  private static LogRecord readBody(ByteReader in, int length) {
    int start = in.position();
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
    var counters = new Counters(t, nextEntity, nextElement, txInstant);
    List<Datom> datoms = readDatoms(in, Partition.tx(t));
    if (in.position() != start + length) {
      throw new IllegalArgumentException("a record of another length");
    }
    return new LogRecord(prevT, counters, submission, tempids, datoms);
  }

  private static List<Datom> readDatoms(ByteReader in, long tx) {
    int count = in.count(3);
    var datoms = new ArrayList<Datom>(count);
    long e = 0;
    for (int i = 0; i < count; i++) {
      e += in.zigzag();
      long attribute = in.varint();
      datoms.add(new Datom(e, attribute >>> 1, ValueCodec.read(in), tx, (attribute & 1) == 1));
    }
    return datoms;
  }

  /// Of what the chain does not cover.
  private static long checksum(ByteBuffer section) {
    var crc = new CRC32C();
    crc.update(section);
    return crc.getValue();
  }

  private static Digest ofRecord(MessageDigest sha, ByteBuffer salt, ByteBuffer body) {
    sha.update(salt);
    sha.update(body);
    return new Digest(Bytes.wrap(sha.digest()));
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
