/// The command line: `bits serve`, `transact`, `q`, `pull`, `reports`, `status`.
///
/// Each verb is one class; [page.bits.cli.Cli] puts them together and [page.bits.cli.Failures]
/// turns every failure into an exit code, a sentence and one EDN map. Data goes to standard output,
/// everything else to standard error, both only through picocli's writers
/// ([page.bits.cli.Console]). The package owns no database logic: it calls [page.bits.db.Bits] and
/// the application.
@NullMarked
package page.bits.cli;

import org.jspecify.annotations.NullMarked;
