/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import page.bits.db.Connection;
import page.bits.db.Tx;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// `bits transact`: one transaction for each top-level form, one report for each transaction.
@Command(
    name = "transact",
    mixinStandardHelpOptions = true,
    description = "Commits one transaction for each top-level form and prints the reports.")
final class TransactCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final DatabaseOption database;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "EDN|-",
      description = "The transaction, a vector of forms; - reads standard input.")
  private @Nullable String edn;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Read the transactions from this file.")
  private @Nullable String file;

  @Option(
      names = "--id",
      paramLabel = "UUID",
      converter = UuidConverter.class,
      description = "Make the transaction happen once for ever under this id.")
  private @Nullable UUID id;

  TransactCommand(Console console) {
    this.console = console;
    this.database = new DatabaseOption(console);
  }

  @Override
  public Integer call() {
    List<SourceForm> forms = SourceForm.readAll(source().text(console));
    if (id != null && forms.size() != 1) {
      throw new UsageException(
          "--id names one transaction, and there are " + forms.size() + " in the input");
    }
    var transactions = new ArrayList<Tx>();
    for (SourceForm form : forms) {
      transactions.add(form.placed(/* done= */ 0, () -> transaction(form)));
    }
    try (var connection = database.connect()) {
      commit(connection, forms, transactions);
    }
    return Failures.DONE;
  }

  /// A reader that went away does not stop the work: what was asked for is committed all the same.
  private void commit(Connection connection, List<SourceForm> forms, List<Tx> transactions) {
    for (int i = 0; i < forms.size(); i++) {
      Tx transaction = transactions.get(i);
      var report = forms.get(i).placed(i, () -> connection.transact(transaction));
      console.print(ReportPrinter.print(report));
    }
  }

  private Tx transaction(SourceForm form) {
    if (!(form.value() instanceof List<?> forms)) {
      throw CliErrors.notATransaction(form.value());
    }
    Tx tx = Tx.of(forms);
    return id == null ? tx : tx.id(id);
  }

  private Source source() {
    if ((edn == null) == (file == null)) {
      throw new UsageException(
          "Give the transaction as one of: 'EDN', -f FILE, or - for the input");
    }
    if (file != null) {
      return new Source.File(file);
    }
    String text = String.valueOf(edn);
    return text.equals("-") ? new Source.StandardInput() : new Source.Text(text);
  }

  /// Says what a UUID looks like; picocli's own message names a Java exception.
  static final class UuidConverter implements ITypeConverter<UUID> {
    @Override
    public UUID convert(String text) {
      try {
        return UUID.fromString(text);
      } catch (IllegalArgumentException _) { // says nothing that the message does not
        throw new TypeConversionException(
            "'" + text + "' is not a UUID such as 6ecd8c77-1a1c-4a3f-8d2a-0f6b7a2b9c11");
      }
    }
  }
}
