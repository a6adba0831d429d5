/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;

/// The verbs, put together.
@Command(
    name = "bits",
    mixinStandardHelpOptions = true,
    versionProvider = Cli.Version.class,
    description = "A database that tells every node, and a live web layer on it.",
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    footer = {
      "",
      "BITS_DB stands in for --db. Exit codes: 0 done, 1 refused, 2 usage,",
      "3 storage unavailable or deadline, 130 interrupted.",
      "In a checkout also: bits test [--install | --only CLASS], bits format, bits bench."
    })
final class Cli implements Runnable {
  private final CommandLine line;
  private final Console console;

  private Cli(Console console) {
    this.console = console;
    this.line = new CommandLine(this);
  }

  /// Runs one verb and answers its exit code. Never throws.
  static int run(Console console, String... args) {
    return new Cli(console).assembled().execute(args);
  }

  private CommandLine assembled() {
    var failures = new Failures(console);
    line.addSubcommand("serve", new ServeCommand(console))
        .addSubcommand("transact", new TransactCommand(console))
        .addSubcommand("q", new QueryCommand(console))
        .addSubcommand("pull", new PullCommand(console))
        .addSubcommand("reports", new ReportsCommand(console))
        .addSubcommand("status", new StatusCommand(console))
        .addSubcommand("help", new HelpCommand());
    return line.setOut(console.out())
        .setErr(console.err())
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setExpandAtFiles(false) // EDN may begin with @
        .setUsageHelpWidth(100)
        .setParameterExceptionHandler((failure, _) -> failures.parameters(failure))
        .setExecutionExceptionHandler(
            (failure, command, _) -> failures.execution(failure, command));
  }

  /// No verb at all.
  @Override
  public void run() {
    throw new UsageException(line.getUsageMessage(Ansi.OFF).stripTrailing());
  }

  /// The version that the build wrote into the jar.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Cli.class.getPackage().getImplementationVersion();
      return new String[] {"bits " + (version == null ? "(not built as a jar)" : version)};
    }
  }
}
