/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.storage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StoredEntry;

/// A writer of one log for tests: makes entries whose digest is the SHA-256 of the digest before
/// and the bytes, as a real log does.
final class ChainWriter {
  private final Storage storage;
  private final DatabaseId database;

  ChainWriter(Storage storage, DatabaseId database) {
    this.storage = storage;
    this.database = database;
  }

  static Bytes bytes(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  static Digest digest(Digest previous, Bytes bytes) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(previous.bytes().asReadOnlyBuffer());
      sha.update(bytes.asReadOnlyBuffer());
      return new Digest(Bytes.wrap(sha.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  AppendResult append(long position, Digest previous, Bytes bytes) {
    return storage.append(database, position, previous, digest(previous, bytes), bytes);
  }

  /// Appends after the newest entry; for a log that nobody else writes.
  StoredEntry append(String text) {
    long position = storage.head(database) + 1;
    Digest previous =
        position == 0
            ? Digest.NONE
            : storage.resolve(database, position - 1).orElseThrow().digest();
    AppendResult result = append(position, previous, bytes(text));
    if (!(result instanceof AppendResult.Appended)) {
      throw new AssertionError("not appended at " + position + ": " + result);
    }
    return storage.resolve(database, position).orElseThrow();
  }
}
