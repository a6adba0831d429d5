/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Programs of the system that faults are made with. One that is missing is an error that names it.
final class Commands {
  private static final List<Path> FAKETIME =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/faketime/libfaketimeMT.so.1"));

  private Commands() {}

  /// Runs a command to its end and answers its exit code.
  static int run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path strace() {
    var folders = new ArrayList<>(List.of(System.getenv("PATH").split(":", -1)));
    return folders.stream()
        .map(folder -> Path.of(folder, "strace"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> missing("strace"));
  }

  static Path faketime() {
    return FAKETIME.stream()
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> missing("libfaketime"));
  }

  private static IllegalStateException missing(String program) {
    return new IllegalStateException(program + " is not installed; run: ./bits test --install");
  }
}
