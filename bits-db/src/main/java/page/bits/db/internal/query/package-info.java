/// Queries: from EDN to rows.
///
/// The rooms, each using only those above it: `algebra` (what a query is), `function` (the built-in
/// functions and aggregates), `parse` (from EDN to the algebra, and what can be proved before
/// anything is read), `relation` (rows over variables), `run` (inputs meet the query, and clauses
/// run, cheapest first). This package is the door: it shapes what is left.
///
/// Invariants: relations are sets of rows without nulls; the result never depends on the order in
/// which clauses were written; datoms are read only through
/// [page.bits.db.internal.index.DatomSource], in ranges as narrow as the bound values allow, since
/// live views are matched against them. Start reading at [page.bits.db.internal.query.QueryEngine].
@NullMarked
package page.bits.db.internal.query;

import org.jspecify.annotations.NullMarked;
