/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.spi;

/// Opens the storages of one URI scheme. Found by [java.util.ServiceLoader].
public interface StorageProvider {
  /// The scheme after `bits:`, such as `sqlite`.
  String scheme();

  /// Whether connecting makes what is missing without being asked (`?create=true`).
  boolean createsByDefault();

  /// Opens the storage that the URI names. With `create` it makes a missing file or missing tables;
  /// without, what is missing is `:bits.error/storage-not-found`. Errors tell apart: cannot be
  /// reached, refused (wrong password), and not found.
  Storage open(BitsUri uri, boolean create);
}
