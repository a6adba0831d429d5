/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import page.bits.db.Connection;

/// Starts the application on a connection; the tests of `serve` put a smaller one in its place.
@FunctionalInterface
interface AppLauncher {
  Running start(Connection connection, String host, int port, boolean demo);

  /// The application of Bits.
  static AppLauncher bits() {
    return (connection, host, port, demo) -> {
      throw CliErrors.noApplication();
    };
  }

  /// A listening application.
  interface Running extends AutoCloseable {
    /// The port it listens on, also where 0 was asked for.
    int port();

    @Override
    void close();
  }
}
