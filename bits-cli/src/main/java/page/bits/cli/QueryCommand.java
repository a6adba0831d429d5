/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import page.bits.edn.Edn;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bits q`: the result of one query, relations sorted.
@Command(
    name = "q",
    mixinStandardHelpOptions = true,
    description = "Prints the result of a query as EDN, relations sorted.")
final class QueryCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final DatabaseOption database;

  @Parameters(index = "0", paramLabel = "QUERY", description = "The query, as EDN.")
  private String query = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "INPUT",
      description = "The inputs after $ of :in, each as EDN (after --, if one begins with -).")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = "--as-of",
      paramLabel = "T",
      description =
          "Ask the database as it was at t, or at an instant such as 2026-01-31T12:00:00Z.")
  private @Nullable String asOf;

  QueryCommand(Console console) {
    this.console = console;
    this.database = new DatabaseOption(console);
  }

  @Override
  public Integer call() {
    Object form = Edn.read(query);
    Object[] values = inputs.stream().map(Edn::read).toArray();
    TimePoint point = TimePoint.parse(asOf);
    try (var connection = database.connectToRead()) {
      Object result = point.of(connection.sync()).q(form == null ? query : form, values);
      console.print(ResultPrinter.print(form, Printable.of(result)));
      return Failures.DONE;
    }
  }
}
