/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.log;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import page.bits.db.Cursor;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;

/// What lies at one position: the records of one commit, chained to the entry before.
///
/// `chain` has one digest for each record: the chain digest right after it; the last one is the
/// entry's own. An entry without records is the birth of its database, at position 0; its digest is
/// `birthDigest`. `level` is the format level of the database when it was written.
public record Entry(
    int level,
    DatabaseId database,
    long position,
    UUID session,
    Digest previous,
    Digest birthDigest,
    List<LogRecord> records,
    List<Digest> chain) {
  public Entry {
    Objects.requireNonNull(database);
    records = List.copyOf(records);
    chain = List.copyOf(chain);
    if (records.size() != chain.size()) {
      throw new IllegalArgumentException("one chain digest for each record");
    }
  }

  /// The digest that the next entry names.
  public Digest digest() {
    return chain.isEmpty() ? birthDigest : chain.getLast();
  }

  /// The t of the newest transaction after this entry.
  public long lastT() {
    return records.isEmpty() ? 0 : records.getLast().t();
  }

  /// The point right after record `index`.
  public Cursor cursor(int index) {
    return new Cursor(records.get(index).t(), chain.get(index).prefix());
  }

  /// The point right before record `index`.
  public Cursor cursorBefore(int index) {
    return index == 0
        ? new Cursor(records.getFirst().prevT(), previous.prefix())
        : cursor(index - 1);
  }

  /// The point right after the whole entry.
  public Cursor cursor() {
    return new Cursor(lastT(), digest().prefix());
  }
}
