/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.process;

import page.bits.e2e.Postgres;

/// The storages that these tests run on: a fresh SQLite file, and a PostgreSQL server that flushes.
final class Storages {
  private static final Postgres POSTGRES = start();

  private Storages() {}

  private static Postgres start() {
    Postgres server = Postgres.start(Jvm.temporaryFolder());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    return server;
  }

  static String sqlite() {
    return "bits:sqlite:" + Jvm.temporaryFolder().resolve("test.db");
  }

  static int postgresqlPort() {
    return POSTGRES.port();
  }

  /// A fresh database, reached through another port.
  static String postgresqlThrough(int port) {
    return postgresql().replace(":" + POSTGRES.port() + "/", ":" + port + "/");
  }

  static String postgresql() {
    return POSTGRES.uri(POSTGRES.newDatabase());
  }
}
