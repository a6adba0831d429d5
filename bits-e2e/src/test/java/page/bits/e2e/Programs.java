/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The programs of the system that these tests drive. One that is missing fails the test.
public final class Programs {
  private Programs() {}

  public static Path chromium() {
    return find("chromium", List.of("/usr/bin"));
  }

  public static Path haproxy() {
    return find("haproxy", List.of("/usr/sbin"));
  }

  private static Path find(String name, List<String> usualFolders) {
    var folders = new java.util.ArrayList<>(List.of(System.getenv("PATH").split(":", -1)));
    folders.addAll(usualFolders);
    return folders.stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () -> new AssertionError(name + " is not installed; run: ./bits test --install"));
  }
}
