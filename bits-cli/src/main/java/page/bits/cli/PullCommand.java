/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.util.concurrent.Callable;
import page.bits.edn.Edn;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `bits pull`: what a pattern names of one entity.
@Command(
    name = "pull",
    mixinStandardHelpOptions = true,
    description = "Prints what a pull pattern names of one entity.")
final class PullCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final DatabaseOption database;

  @Parameters(index = "0", paramLabel = "PATTERN", description = "The pattern, such as '[*]'.")
  private String pattern = "";

  @Parameters(
      index = "1",
      paramLabel = "ENTITY",
      description = "An entity id, an ident, or a lookup ref such as '[:user/email \"a@b.c\"]'.")
  private String entity = "";

  PullCommand(Console console) {
    this.console = console;
    this.database = new DatabaseOption(console);
  }

  @Override
  public Integer call() {
    Object form = Edn.read(pattern);
    Object named = Edn.read(entity);
    if (form == null || named == null) {
      throw new UsageException("PATTERN and ENTITY cannot be nil");
    }
    try (var connection = database.connectToRead()) {
      console.print(Edn.print(Printable.of(connection.sync().pull(form, named))));
      return Failures.DONE;
    }
  }
}
