/// The outside face of Bits: connections, database values, transactions, queries and reports.
///
/// A [page.bits.db.Connection] is a peer of one database. It commits to the log by itself, applies
/// every transaction of every writer in order, and hands out immutable database values
/// ([page.bits.db.Db]) and reports ([page.bits.db.TxReports]). Start reading at
/// [page.bits.db.Bits].
@NullMarked
package page.bits.db;

import org.jspecify.annotations.NullMarked;
