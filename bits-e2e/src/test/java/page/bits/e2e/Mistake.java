/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e;

import java.util.List;
import java.util.stream.Collectors;

/// One mistake that a newcomer makes: what it is, the command, and what lies in the folder.
record Mistake(String title, List<String> arguments, List<SampleFile> files) {
  /// A text file that the command reads.
  record SampleFile(String name, String text) {}

  Mistake {
    arguments = List.copyOf(arguments);
    files = List.copyOf(files);
  }

  static Mistake of(String title, String... arguments) {
    return new Mistake(title, List.of(arguments), List.of());
  }

  Mistake with(String file, String text) {
    return new Mistake(title, arguments, List.of(new SampleFile(file, text)));
  }

  /// The command as a shell takes it.
  String command() {
    return "bits " + arguments.stream().map(Mistake::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String argument) {
    return argument.matches("[A-Za-z0-9_./:=-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
