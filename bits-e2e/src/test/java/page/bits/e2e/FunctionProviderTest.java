/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.conformance.Row;
import page.bits.db.FunctionProvider;
import page.bits.db.Functions;
import page.bits.db.Tx;

/// A jar that brings functions, on the class path of the command line.
final class FunctionProviderTest {
  /// Named in `META-INF/services` of these tests.
  public static final class Provider implements FunctionProvider {
    @Override
    public void register() {
      Functions.registerTx(
          "test.e2e/rename",
          (_, arguments) ->
              Tx.builder()
                  .add(arguments.get(0), ":db/doc", "renamed to " + arguments.get(1))
                  .build()
                  .forms());
    }
  }

  @TempDir private static Path folder;

  @Test
  @Row({"T-06", "T-46"})
  void commandLine_functionOfAJar_isCalledWhereTheJarIs() {
    String db = "bits:sqlite:" + folder.resolve("functions.db");
    String forms = "[[test.e2e/rename \"datomic.tx\" \"it\"]]";
    BitsProcess.Result without = BitsProcess.run(folder, "transact", "--db", db, forms);
    assertThat(without.exit()).isEqualTo(1);
    assertThat(without.err()).contains(":db.error/function-missing");

    var command = BitsProcess.command(List.of("transact", "--db", db, forms));
    int classPath = command.indexOf("-cp") + 1;
    String classes = System.getProperty("java.class.path").split(File.pathSeparator, -1)[0];
    command.set(classPath, command.get(classPath) + File.pathSeparator + classes);
    try (var process = BitsProcess.startProgram(folder, Map.of(), command)) {
      assertThat(process.result().done()).contains(":t ");
    }
    assertThat(
            BitsProcess.run(
                    folder,
                    "q",
                    "--db",
                    db,
                    "[:find ?d . :where [_ :db/txInstant] [?e :db/doc ?d] [(> ?e 1000)]]")
                .done())
        .contains("renamed to it");
  }
}
