/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.log.Entry;
import page.bits.db.internal.log.v1.EntryCodec;
import page.bits.db.internal.log.v1.PartList;
import page.bits.db.internal.schema.Levels;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;

/// The bytes of one entry on their way into the storage: in one row, or in parts and a row that
/// names them. Confined to the append that owns it.
final class Payload {
  private final Entry entry;
  private final Bytes bytes;
  private final EntryParts store;
  private final @Nullable PartList parts;
  private boolean isAnnounced;
  private int put;

  private Payload(Entry entry, Bytes bytes, EntryParts store, @Nullable PartList parts) {
    this.entry = entry;
    this.bytes = bytes;
    this.store = store;
    this.parts = parts;
  }

  static Payload of(EntryCodec.Encoded encoded, DatabaseId database, Storage storage, World world) {
    int level = encoded.entry().level();
    boolean isInParts =
        encoded.bytes().size() > PartList.PART_SIZE_BYTES_MAX && level >= Levels.PARTS;
    return new Payload(
        encoded.entry(),
        encoded.bytes(),
        new EntryParts(storage, database),
        isInParts ? PartList.of(level, world.newId(), encoded.bytes()) : null);
  }

  Entry entry() {
    return entry;
  }

  /// Puts what has to be there before the row, and goes on where an earlier call failed; then
  /// answers the row.
  Bytes row() {
    if (parts == null) {
      return bytes;
    }
    UUID set = parts.set();
    if (!isAnnounced) {
      store.sweep();
      store.announce(set, entry, parts.parts().size());
      isAnnounced = true;
    }
    for (; put < parts.parts().size(); put++) {
      store.put(set, put, PartList.piece(bytes, put));
    }
    return parts.toBytes();
  }

  /// The entry is in the log.
  void kept() {
    if (parts != null) {
      EntryParts.quietly(() -> store.keep(parts.set()));
    }
  }

  /// Another entry is at its position, for ever.
  void lost() {
    if (parts != null) {
      EntryParts.quietly(() -> store.delete(parts.set(), parts.parts().size()));
    }
  }
}
