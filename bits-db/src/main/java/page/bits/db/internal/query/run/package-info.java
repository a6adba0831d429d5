/// How a query runs: [page.bits.db.internal.query.run.Inputs] binds the inputs,
/// [page.bits.db.internal.query.run.Resolver] brings clauses together with the schema of their
/// sources, and [page.bits.db.internal.query.run.Execution] runs them in the order that
/// [page.bits.db.internal.query.run.Cost] finds cheapest. Start reading at
/// [page.bits.db.internal.query.run.Execution].
@NullMarked
package page.bits.db.internal.query.run;

import org.jspecify.annotations.NullMarked;
