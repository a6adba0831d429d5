/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.sqlite;

import java.util.UUID;
import page.bits.db.spi.BitsUri;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;
import page.bits.testkit.storage.ChainWriter;

/// A process that writes to a log until it has written so many entries, and prints the text of each
/// that was acknowledged.
final class SqliteWriterMain {
  private SqliteWriterMain() {}

  /// Arguments: file, database id, name, count.
  public static void main(String[] arguments) {
    BitsUri uri = BitsUri.parse("bits:sqlite:" + arguments[0]);
    int count = Integer.parseInt(arguments[3]);
    try (Storage storage = new SqliteStorageProvider().open(uri, /* create= */ false)) {
      var writer = new ChainWriter(storage, new DatabaseId(UUID.fromString(arguments[1])));
      for (int i = 0; i < count; i++) {
        String text = arguments[2] + " entry " + i;
        writer.appendAmongRivals(text);
        System.out.println(text);
      }
    }
  }
}
