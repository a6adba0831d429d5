/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.storage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StoredEntry;

/// A writer of one log for tests: makes entries whose digest is the SHA-256 of the digest before
/// and the bytes, as a real log does.
public final class ChainWriter {
  private static final int READ_BYTES = 512;

  private final Storage storage;
  private final DatabaseId database;

  public ChainWriter(Storage storage, DatabaseId database) {
    this.storage = storage;
    this.database = database;
  }

  public static Bytes bytes(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  public static Digest digest(Digest previous, Bytes bytes) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(previous.bytes().asReadOnlyBuffer());
      sha.update(bytes.asReadOnlyBuffer());
      return new Digest(Bytes.wrap(sha.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  public AppendResult append(long position, Digest previous, Bytes bytes) {
    return storage.append(database, position, previous, digest(previous, bytes), bytes);
  }

  /// Appends after the newest entry; for a log that nobody else writes.
  public StoredEntry append(String text) {
    long position = storage.head(database) + 1;
    Digest previous = position == 0 ? Digest.NONE : newest().digest();
    AppendResult result = append(position, previous, bytes(text));
    if (!(result instanceof AppendResult.Appended)) {
      throw new AssertionError("not appended at " + position + ": " + result);
    }
    return storage.resolve(database, position).orElseThrow();
  }

  /// Appends somewhere after the newest entry, trying again behind every rival that was faster; for
  /// a log that has its birth record.
  public StoredEntry appendAmongRivals(String text) {
    StoredEntry last = newest();
    while (true) {
      long position = last.position() + 1;
      switch (append(position, last.digest(), bytes(text))) {
        case AppendResult.Appended _ -> {
          return new StoredEntry(position, digest(last.digest(), bytes(text)), bytes(text));
        }
        case AppendResult.Taken taken -> last = taken.entry();
        case AppendResult.Forked _ -> throw new AssertionError("forked after " + last.position());
        case AppendResult.Unknown unknown -> throw unknown.cause();
      }
    }
  }

  /// The entry at the head; there must be one.
  public StoredEntry newest() {
    return storage.resolve(database, storage.head(database)).orElseThrow();
  }

  /// Every entry of the log, read in small steps and checked: dense from 0, each chained to the one
  /// before.
  public List<StoredEntry> readAllChecked() {
    var all = new ArrayList<StoredEntry>();
    Digest previous = Digest.NONE;
    for (List<StoredEntry> some = storage.read(database, 0, READ_BYTES);
        !some.isEmpty();
        some = storage.read(database, all.size(), READ_BYTES)) {
      for (StoredEntry entry : some) {
        if (entry.position() != all.size()
            || !entry.digest().equals(digest(previous, entry.bytes()))) {
          throw new AssertionError("not chained at " + all.size() + ": " + entry);
        }
        previous = entry.digest();
        all.add(entry);
      }
    }
    return all;
  }

  /// The bytes as text.
  public static String text(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.UTF_8);
  }
}
