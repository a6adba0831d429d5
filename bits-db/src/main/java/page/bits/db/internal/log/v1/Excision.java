/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.log.v1;

import java.security.MessageDigest;
import java.util.function.UnaryOperator;
import page.bits.db.internal.log.Entry;
import page.bits.db.internal.log.LogRecord;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.StoredEntry;

/// The bytes of an entry in which records say less than they did: every digest stays, and with them
/// the chain and all cursors. Stateless.
///
/// The salt of such a record is gone, so that nobody can find out by guessing what was in it. What
/// is left of it is no longer covered by the chain; a checksum keeps it from damage. Whoever
/// excises an assertion excises its retraction as well: what is left has to be a history.
public final class Excision {
  private Excision() {}

  /// `whole` is the entry with all its bytes. `left` answers what stays of each record: itself, or
  /// less and [LogRecord#excisedBy()].
  public static Bytes of(DatabaseId database, StoredEntry whole, UnaryOperator<LogRecord> left) {
    Entry entry = EntryCodec.decode(database, whole);
    MessageDigest sha = EntryCodec.sha256();
    var in = new ByteReader(whole.bytes());
    var out = new ByteWriter();
    EntryCodec.skipHeader(in);
    out.raw(in.slice(0, in.position()));
    for (LogRecord record : entry.records()) {
      int start = in.position();
      EntryCodec.Stored stored = EntryCodec.readRecord(in, sha, entry.level(), entry.position());
      LogRecord rest = left.apply(record);
      if (rest.equals(record)) {
        out.raw(in.slice(start, in.position()));
      } else {
        EntryCodec.writeExcised(out, stored.digest(), rest);
      }
    }
    return out.toBytes();
  }
}
