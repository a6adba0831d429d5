/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.log.v1;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import page.bits.db.internal.log.LogErrors;
import page.bits.db.internal.schema.Levels;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.StoredEntry;

/// What lies at the position of an entry that is too large for one row: the names of the blobs that
/// hold its bytes, in order, with the size and the SHA-256 of each. Immutable.
///
/// The bytes of an entry do not depend on how they are kept: its digests are the same.
public record PartList(int level, UUID set, List<Part> parts) {
  /// The most bytes of an entry in one row, and of one part.
  public static final int PART_SIZE_BYTES_MAX = 256 * 1024;

  /// Set in the fifth byte, the level, which is that of the entry in the parts.
  private static final int IN_PARTS = 0x80;

  /// One blob.
  public record Part(int sizeBytes, Digest digest) {}

  public PartList {
    parts = List.copyOf(parts);
  }

  /// The list for the bytes of an entry; `set` is an id that was never used before.
  public static PartList of(int level, UUID set, Bytes entry) {
    var parts = new ArrayList<Part>();
    for (int from = 0; from < entry.size(); from += PART_SIZE_BYTES_MAX) {
      Bytes piece = piece(entry, parts.size());
      parts.add(new Part(piece.size(), digestOf(piece)));
    }
    return new PartList(level, set, parts);
  }

  /// The bytes of one part of an entry, a copy.
  public static Bytes piece(Bytes entry, int index) {
    int from = index * PART_SIZE_BYTES_MAX;
    var piece = new byte[Math.min(PART_SIZE_BYTES_MAX, entry.size() - from)];
    entry.asReadOnlyBuffer().get(from, piece);
    return Bytes.wrap(piece);
  }

  /// How large the entry is.
  public int sizeBytes() {
    return Math.toIntExact(parts.stream().mapToLong(Part::sizeBytes).sum());
  }

  /// Whether what lies at a position names parts, and is not the entry itself.
  public static boolean isIn(StoredEntry stored) {
    ByteBuffer bytes = stored.bytes().asReadOnlyBuffer();
    return bytes.remaining() > EntryCodec.MAGIC.length
        && (bytes.get(EntryCodec.MAGIC.length) & IN_PARTS) != 0;
  }

  /// What is put at the position of the entry.
  public Bytes toBytes() {
    var out = new ByteWriter();
    out.raw(EntryCodec.MAGIC);
    out.one(level | IN_PARTS);
    out.uuid(set);
    out.varint(parts.size());
    for (Part part : parts) {
      out.varint(part.sizeBytes());
      out.raw(part.digest().bytes());
    }
    return out.toBytes();
  }

  /// Reads what was put at a position.
  public static PartList decode(DatabaseId database, StoredEntry stored) {
    try {
      return read(new ByteReader(stored.bytes()), stored.position());
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw LogErrors.corrupt(database, stored.position(), "its list of parts cannot be read", e);
    }
  }

  private static PartList read(ByteReader in, long position) {
    EntryCodec.readMagic(in);
    int level = in.one() ^ IN_PARTS;
    if (level > Levels.NEWEST) {
      throw LogErrors.tooNew(position, level, Levels.NEWEST);
    }
    UUID set = in.uuid();
    int count = in.count(1 + Digest.SIZE_BYTES);
    var parts = new ArrayList<Part>(count);
    for (int i = 0; i < count; i++) {
      int size = Math.toIntExact(in.varint());
      parts.add(new Part(size, new Digest(Bytes.wrap(in.raw(Digest.SIZE_BYTES)))));
    }
    if (!in.atEnd()) {
      throw new IllegalArgumentException("bytes after the last part");
    }
    return new PartList(level, set, parts);
  }

  /// Whether these are the bytes of the part that the list names there.
  public boolean isPart(int index, Bytes bytes) {
    Part part = parts.get(index);
    return bytes.size() == part.sizeBytes() && digestOf(bytes).equals(part.digest());
  }

  private static Digest digestOf(Bytes bytes) {
    MessageDigest sha = EntryCodec.sha256();
    sha.update(bytes.asReadOnlyBuffer());
    return new Digest(Bytes.wrap(sha.digest()));
  }
}
