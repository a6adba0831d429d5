/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import page.bits.db.Connection;
import page.bits.db.Tx;
import page.bits.edn.EdnForm;
import page.bits.edn.EdnReader;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;
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
    try (var forms = new EdnReader(source().open(console))) {
      EdnForm first = read(forms, /* done= */ 0).orElse(null);
      if (first == null) {
        throw new UsageException("There is no transaction in the input");
      }
      if (id != null && read(forms, /* done= */ 0).isPresent()) {
        throw new UsageException("--id names one transaction, and there are more in the input");
      }
      Tx transaction = placed(first, /* done= */ 0, () -> transaction(first));
      try (var connection = database.connect()) {
        commit(connection, first, transaction);
        commitRest(connection, forms);
      }
    }
    return Failures.DONE;
  }

  private void commit(Connection connection, EdnForm form, Tx transaction) {
    console.print(
        ReportPrinter.print(placed(form, /* done= */ 0, () -> connection.transact(transaction))));
  }

  /// A reader that went away does not stop the work: what was asked for is committed all the same.
  private void commitRest(Connection connection, EdnReader forms) {
    int done = 1;
    for (var next = read(forms, done); next.isPresent(); next = read(forms, done)) {
      EdnForm form = next.get();
      var report = placed(form, done, () -> connection.transact(transaction(form)));
      console.print(ReportPrinter.print(report));
      done++;
    }
  }

  /// The next form; what cannot be read says how much was committed before it.
  private static Optional<EdnForm> read(EdnReader forms, int done) {
    try {
      return forms.next();
    } catch (BitsException e) {
      throw done == 0 ? e : new PlacedException(e, ErrorData.of("committed", done));
    }
  }

  /// Runs what is done with this form; a refusal says where the form stands and how many
  /// transactions were committed before it.
  private <T> T placed(EdnForm form, int done, Supplier<T> work) {
    try {
      return work.get();
    } catch (BitsException e) {
      if (done == 0 && edn != null && !edn.equals("-")) { // the user sees the whole text
        throw e;
      }
      throw new PlacedException(
          e, ErrorData.of("line", form.line()).and("column", form.column()).and("committed", done));
    }
  }

  private Tx transaction(EdnForm form) {
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
