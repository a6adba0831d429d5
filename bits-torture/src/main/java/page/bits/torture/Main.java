/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.torture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The command `./bits torture commits`; exit code 0 when nothing was violated, 1 when something
/// was, 2 when it was called wrongly.
final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    Options options;
    try {
      options = Options.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + Options.USAGE);
      System.exit(2);
      return;
    }
    Path folder = Files.createTempDirectory("bits-torture");
    System.out.println(
        "torture commits: " + options.db() + ", seed " + options.seed() + ", in " + folder);
    Totals totals = new Campaign(options, folder, System.out).run();
    totals.print(System.out);
    System.exit(totals.isClean() ? 0 : 1);
  }
}
