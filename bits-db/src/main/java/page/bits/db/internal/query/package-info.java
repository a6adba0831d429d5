/// Queries: from EDN to rows.
///
/// The way of a query: [page.bits.db.internal.query.QueryParser] reads the form into the algebra
/// ([page.bits.db.internal.query.Query], [page.bits.db.internal.query.Clause],
/// [page.bits.db.internal.query.Term], [page.bits.db.internal.query.Binding]),
/// [page.bits.db.internal.query.BindingCheck] proves that every variable can be bound,
/// [page.bits.db.internal.query.Inputs] binds the inputs, [page.bits.db.internal.query.Resolver]
/// meets the schema, [page.bits.db.internal.query.Execution] runs clauses in the order that
/// [page.bits.db.internal.query.Cost] finds cheapest, and [page.bits.db.internal.query.FindResult]
/// shapes what is left. Start reading at [page.bits.db.internal.query.QueryEngine].
///
/// Invariants: relations are sets of rows without nulls; the result never depends on the order in
/// which clauses were written; datoms are read only through
/// [page.bits.db.internal.index.DatomSource], in ranges as narrow as the bound values allow, since
/// live views are matched against them.
@NullMarked
package page.bits.db.internal.query;

import org.jspecify.annotations.NullMarked;
