/// Random schemas and transactions against a naive evaluation: loops over a small set of facts.
///
/// Start at `TransactionPropertyTest` and `NaiveEvaluation`. A case is a list of acts, as EDN.
@NullMarked
package page.bits.testkit.model.tx;

import org.jspecify.annotations.NullMarked;
