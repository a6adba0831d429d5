/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.UUID;

/// Puts the bytes of a large entry together from its parts, by the published grammar of their list
/// (package `page.bits.db.internal.log.v1`, ADR 0015); shares no code with the database. Stateless.
///
/// What does not fit is refused with [IllegalArgumentException].
final class PartsReader {
  private static final int LEVEL_AT = 4;
  private static final int IN_PARTS = 0x80;
  private static final int DIGEST_BYTES = 32;

  private PartsReader() {}

  /// The bytes of the entry: those that lie at its position, or those of its parts.
  static byte[] whole(LogSource source, UUID database, byte[] bytes) {
    if (bytes.length <= LEVEL_AT || (bytes[LEVEL_AT] & IN_PARTS) == 0) {
      return bytes;
    }
    try {
      return together(source, database, ByteBuffer.wrap(bytes).position(LEVEL_AT + 1));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("the list of its parts ends too early", e);
    }
  }

  private static byte[] together(LogSource source, UUID database, ByteBuffer list) {
    String prefix = "parts/" + database + "/" + new UUID(list.getLong(), list.getLong()) + "/";
    MessageDigest sha = EntryReader.sha256();
    var whole = new ByteArrayOutputStream();
    long count = EntryReader.varint(list);
    for (int i = 0; i < count; i++) {
      long size = EntryReader.varint(list);
      var digest = new byte[DIGEST_BYTES];
      list.get(digest);
      byte[] part = source.blob(prefix + i);
      if (part.length != size || !MessageDigest.isEqual(sha.digest(part), digest)) {
        throw new IllegalArgumentException("part " + i + " is missing, or another");
      }
      whole.writeBytes(part);
    }
    if (list.hasRemaining()) {
      throw new IllegalArgumentException("bytes after the list of its parts");
    }
    return whole.toByteArray();
  }
}
