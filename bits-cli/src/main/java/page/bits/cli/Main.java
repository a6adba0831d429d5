/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// The process: runs one verb and ends with its exit code.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    var console =
        new Console(
            writer(FileDescriptor.out),
            writer(FileDescriptor.err),
            new FileInputStream(FileDescriptor.in),
            System.getenv());
    int code = Cli.run(console, args);
    console.flush();
    System.exit(code);
  }

  /// Always UTF-8, whatever the locale: printed forms are the same everywhere.
  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), false);
  }
}
