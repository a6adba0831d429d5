/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import page.bits.db.UnresolvedAppend;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;

/// What a process says of itself to all others that use its storage. Immutable.
///
/// `beat` is its sign of life: another number each time. `level` is the highest format level that
/// its build reads. `atMillis` is the storage's clock, for people to read. `positions` says how far
/// it has applied the databases that moved last, `unresolved` which appends it did not know the
/// outcome of.
///
/// Bytes: format(1) beat(8) level(1) at(8) pid(8) host build role (each length(1) UTF-8) count(1)
/// (database(16) position(8))* count(1) (database(16) position(8) since(8) count(1)
/// submission(16)*)*. Builds from before the last list end before it, and read past it. Format and
/// beat stay in their places in all formats to come.
record ProcessRecord(
    long beat,
    int level,
    long atMillis,
    long pid,
    String host,
    String build,
    String role,
    Map<DatabaseId, Long> positions,
    Map<DatabaseId, UnresolvedAppend> unresolved) {
  static final int POSITIONS_MAX = 32;
  static final int UNRESOLVED_MAX = 8;
  static final int SUBMISSIONS_MAX = 8;

  private static final byte FORMAT = 1;
  private static final int TEXT_SIZE_BYTES_MAX = 100;

  ProcessRecord {
    positions = Map.copyOf(positions);
    unresolved = Map.copyOf(unresolved);
  }

  Bytes bytes() {
    byte[][] texts = {utf8(host), utf8(build), utf8(role)};
    int count = Math.min(positions.size(), POSITIONS_MAX);
    int size = 28 + count * 24 + UNRESOLVED_MAX * (33 + SUBMISSIONS_MAX * 16);
    for (byte[] text : texts) {
      size += 1 + text.length;
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    out.put(FORMAT).putLong(beat).put((byte) level).putLong(atMillis).putLong(pid);
    for (byte[] text : texts) {
      out.put((byte) text.length).put(text);
    }
    out.put((byte) count);
    positions.entrySet().stream()
        .limit(count)
        .forEach(
            entry -> {
              put(out, entry.getKey().uuid());
              out.putLong(entry.getValue());
            });
    out.put((byte) Math.min(unresolved.size(), UNRESOLVED_MAX));
    unresolved.entrySet().stream()
        .limit(UNRESOLVED_MAX)
        .forEach(
            entry -> {
              put(out, entry.getKey().uuid());
              put(out, entry.getValue());
            });
    return Bytes.wrap(Arrays.copyOf(out.array(), out.position()));
  }

  private static void put(ByteBuffer out, UnresolvedAppend append) {
    out.putLong(append.position()).putLong(append.since().toEpochMilli());
    int count = Math.min(append.submissions().size(), SUBMISSIONS_MAX);
    out.put((byte) count);
    append.submissions().subList(0, count).forEach(submission -> put(out, submission));
  }

  private static void put(ByteBuffer out, UUID id) {
    out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  private static byte[] utf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= TEXT_SIZE_BYTES_MAX ? bytes : Arrays.copyOf(bytes, TEXT_SIZE_BYTES_MAX);
  }

  /// What the bytes say; of another format, or cut short, its beat and nothing else.
  static ProcessRecord of(Bytes bytes) {
    ByteBuffer in = bytes.asReadOnlyBuffer();
    if (in.remaining() < 9) {
      return unknown(0);
    }
    byte format = in.get();
    long beat = in.getLong();
    try {
      return format == FORMAT ? read(beat, in) : unknown(beat);
    } catch (java.nio.BufferUnderflowException _) {
      return unknown(beat);
    }
  }

  /// One of a newer build, which reads all that this one does.
  private static ProcessRecord unknown(long beat) {
    return new ProcessRecord(beat, FormatLevel.MAX, 0, 0, "", "", "", Map.of(), Map.of());
  }

  private static ProcessRecord read(long beat, ByteBuffer in) {
    int level = in.get();
    long atMillis = in.getLong();
    long pid = in.getLong();
    String host = text(in);
    String build = text(in);
    String role = text(in);
    var positions = new LinkedHashMap<DatabaseId, Long>();
    for (int i = in.get(); i > 0; i--) {
      var database = new DatabaseId(uuid(in));
      positions.put(database, in.getLong());
    }
    var unresolved = new LinkedHashMap<DatabaseId, UnresolvedAppend>();
    for (int i = in.hasRemaining() ? in.get() : 0; i > 0; i--) {
      var database = new DatabaseId(uuid(in));
      unresolved.put(database, unresolved(in));
    }
    return new ProcessRecord(beat, level, atMillis, pid, host, build, role, positions, unresolved);
  }

  private static UnresolvedAppend unresolved(ByteBuffer in) {
    long position = in.getLong();
    var since = Instant.ofEpochMilli(in.getLong());
    var submissions = new ArrayList<UUID>();
    for (int i = in.get(); i > 0; i--) {
      submissions.add(uuid(in));
    }
    return new UnresolvedAppend(position, since, submissions);
  }

  private static UUID uuid(ByteBuffer in) {
    return new UUID(in.getLong(), in.getLong());
  }

  private static String text(ByteBuffer in) {
    var bytes = new byte[in.get()];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
