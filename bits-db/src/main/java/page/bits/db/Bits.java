/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.peer.Catalog;
import page.bits.db.internal.peer.SharedPeer;
import page.bits.db.internal.query.QueryEngine;
import page.bits.db.spi.BitsUri;

/// The door: connects to databases, creates, deletes and lists them, and queries several sources at
/// once.
///
/// Stateless to its users and thread-safe.
public final class Bits {
  private Bits() {}

  /// A connection to the database that the URI names. Two connects to one URI in one JVM are one
  /// peer; each connection is closed on its own. A missing SQLite file and `bits:mem` are made;
  /// elsewhere the database must exist, or `?create=true` makes it. Errors:
  /// `:db.error/db-not-found`, `:bits.error/storage-unavailable`, `:bits.error/storage-refused`,
  /// `:bits.error/invalid-uri`, `:bits.error/unknown-storage`, `:bits.error/interrupted` with the
  /// thread's flag set.
  public static Connection connect(String uri) {
    return SharedPeer.connect(BitsUri.parse(uri));
  }

  /// Makes the database (and its storage, where that can be); false when it is there already.
  public static boolean create(String uri) {
    BitsUri parsed = BitsUri.parse(uri);
    return SharedPeer.withCatalog(
        parsed, /* create= */ true, catalog -> catalog.create(parsed.databaseName()).isNew());
  }

  /// Takes the database out of its storage's catalog; false when there is none. Its id is never
  /// used again.
  public static boolean delete(String uri) {
    return SharedPeer.delete(BitsUri.parse(uri));
  }

  /// The names of the databases of a storage, sorted.
  public static List<String> list(String storageUri) {
    return SharedPeer.withCatalog(BitsUri.parse(storageUri), /* create= */ false, Catalog::names);
  }

  /// The result of a query with every source given in `inputs`; see [Db#q(Object, Object...)].
  public static @Nullable Object q(Object query, Object... inputs) {
    return QueryEngine.q(query, Arrays.asList(inputs));
  }

  /// As [#q(Object, Object...)], with a timeout or statistics. Errors also:
  /// `:db.error/query-timeout`.
  public static @Nullable Object query(QueryRequest request) {
    return QueryEngine.q(request);
  }
}
