/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;
import page.bits.db.spi.BitsUri;

/// What a verb talks to: data out, messages out, standard input, the environment.
///
/// Every line is flushed, so that a reader at the other end of a pipe has it at once. Messages
/// never show a password.
record Console(PrintWriter out, PrintWriter err, InputStream in, Map<String, String> environment) {
  Console {
    environment = Map.copyOf(environment);
  }

  /// Prints data. False once the reader has gone away (`| head -1`): who prints without end stops
  /// then.
  boolean print(String data) {
    out.print(data);
    out.print('\n');
    return !out.checkError(); // flushes
  }

  /// Prints a message for people.
  void say(String message) {
    err.print(BitsUri.redact(message));
    err.print('\n');
    err.flush();
  }

  void flush() {
    out.flush();
    err.flush();
  }
}
