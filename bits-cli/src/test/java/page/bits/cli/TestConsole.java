/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A console whose output can be read back.
final class TestConsole {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /// Runs `bits ARG…` in this process.
  int run(Map<String, String> environment, String input, String... args) {
    var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    return Cli.run(new Console(new PrintWriter(out), new PrintWriter(err), in, environment), args);
  }

  int run(String... args) {
    return run(Map.of(), "", args);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }
}
