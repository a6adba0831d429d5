/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import page.bits.db.internal.log.v1.EntryCodec;
import page.bits.db.internal.schema.Levels;
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.Storage;
import page.bits.db.spi.Versioned;

/// The names of the databases of one storage: a record for each, which holds the database's id.
///
/// A database is born by its entry at position 0, then named; of two that race for a name one
/// stays, the other's entry is never found.
public final class Catalog {
  private static final String PREFIX = "catalog/";

  private final Storage storage;
  private final World world;

  Catalog(Storage storage, World world) {
    this.storage = storage;
    this.world = world;
  }

  /// A database, and whether this call made it.
  public record Created(DatabaseId id, boolean isNew) {}

  public Optional<DatabaseId> find(String name) {
    return storage.get(PREFIX + name).map(Catalog::idOf);
  }

  public Created create(String name) {
    Optional<DatabaseId> there = find(name);
    if (there.isPresent()) {
      return new Created(there.get(), false);
    }
    var id = new DatabaseId(world.newId());
    EntryCodec.Encoded birth =
        EntryCodec.encode(
            Levels.NEWEST, id, 0, world.newId(), Digest.NONE, List.of(), Bytes.empty());
    AppendResult result = storage.append(id, 0, Digest.NONE, birth.entry().digest(), birth.bytes());
    if (result instanceof AppendResult.Unknown unknown) {
      throw unknown.cause(); // an id that nobody will ever look for
    }
    byte[] text = id.toString().getBytes(StandardCharsets.US_ASCII);
    boolean isNew = storage.compareAndSet(PREFIX + name, 0, Bytes.wrap(text));
    return new Created(isNew ? id : find(name).orElseThrow(), isNew);
  }

  /// Takes the name away; the log stays where it is, and its id is never used again.
  public boolean delete(String name) {
    Optional<Versioned> there = storage.get(PREFIX + name);
    return there.isPresent() && storage.compareAndSet(PREFIX + name, there.get().version(), null);
  }

  /// All names, sorted.
  public List<String> names() {
    return storage.list(PREFIX).stream().map(key -> key.substring(PREFIX.length())).toList();
  }

  private static DatabaseId idOf(Versioned record) {
    return new DatabaseId(
        UUID.fromString(
            StandardCharsets.US_ASCII.decode(record.bytes().asReadOnlyBuffer()).toString()));
  }
}
