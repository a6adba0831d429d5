/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import page.bits.testkit.history.LoggedTx.Said;

/// Rewrites the ephemeral sections of a log, which no digest covers: as a database would have
/// written them that judges ephemeral facts wrongly. Stateless.
final class SpoiltSections {
  private static final int HEADER_BYTES = 4 + 1 + 16;
  private static final int SALT_BYTES = 16;
  private static final int WITH_SECTION = 3;

  private SpoiltSections() {}

  /// What one transaction has in its section, changed.
  @FunctionalInterface
  interface Change {
    List<Said> of(LoggedTx tx);
  }

  static List<LogSource.RawEntry> of(List<LogSource.RawEntry> log, Change change) {
    var changed = new ArrayList<LogSource.RawEntry>();
    for (LogSource.RawEntry raw : log) {
      List<LoggedTx> txs = EntryReader.read(raw.bytes()).txs();
      boolean isSame = txs.stream().allMatch(tx -> change.of(tx).equals(tx.ephemeral()));
      changed.add(
          isSame
              ? raw
              : new LogSource.RawEntry(
                  raw.position(), raw.digest(), rewritten(raw.bytes(), txs, change)));
    }
    return changed;
  }

  private static byte[] rewritten(byte[] entry, List<LoggedTx> txs, Change change) {
    ByteBuffer in = ByteBuffer.wrap(entry).position(HEADER_BYTES);
    EntryReader.varint(in);
    in.position(in.position() + 16 + 32);
    EntryReader.varint(in);
    var out = new ByteArrayOutputStream();
    out.write(entry, 0, in.position());
    for (LoggedTx tx : txs) {
      int start = in.position();
      int kind = in.get();
      in.position(in.position() + SALT_BYTES);
      skip(in);
      out.write(entry, start, in.position() - start);
      if (kind == WITH_SECTION) {
        skip(in);
        in.getLong();
        byte[] section = section(change.of(tx));
        var crc = new CRC32C();
        crc.update(section);
        varint(out, section.length);
        out.writeBytes(section);
        out.writeBytes(ByteBuffer.allocate(8).putLong(crc.getValue()).array());
      }
    }
    return out.toByteArray();
  }

  private static void skip(ByteBuffer in) {
    int length = (int) EntryReader.varint(in);
    in.position(in.position() + length);
  }

  /// Values are numbers or text, as in the workloads.
  private static byte[] section(List<Said> said) {
    var out = new ByteArrayOutputStream();
    varint(out, said.size());
    long e = 0;
    for (Said datom : said) {
      zigzag(out, datom.e() - e);
      e = datom.e();
      varint(out, (datom.a() << 1) | (datom.added() ? 1 : 0));
      if (datom.v() instanceof Long number) {
        out.write(1);
        zigzag(out, number);
      } else {
        byte[] text = datom.v().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        out.write(2);
        varint(out, text.length);
        out.writeBytes(text);
      }
    }
    return out.toByteArray();
  }

  private static void zigzag(ByteArrayOutputStream out, long value) {
    varint(out, (value << 1) ^ (value >> 63));
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      out.write((int) ((left & 0x7F) | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }
}
