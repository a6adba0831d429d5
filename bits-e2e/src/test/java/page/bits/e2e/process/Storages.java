/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.process;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;

/// The storages that these tests run on: a fresh SQLite file, and a PostgreSQL server that flushes.
final class Storages {
  private static final EmbeddedPostgres POSTGRES = start();

  private Storages() {}

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .start();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try {
                      server.close();
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  }));
      return server;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static String sqlite() {
    return "bits:sqlite:" + Jvm.temporaryFolder().resolve("test.db");
  }

  /// A database of its own name on the one server.
  static String postgresql(String name) {
    return "bits:postgresql://127.0.0.1:"
        + POSTGRES.getPort()
        + "/postgres?user=postgres&create=true&db="
        + name;
  }
}
