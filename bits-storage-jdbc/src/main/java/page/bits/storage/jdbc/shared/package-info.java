/// What the JDBC storages share: kept statements, a bounded set of connections, deadlines, and the
/// sentences of their errors.
///
/// Owns no SQL. Neighbours: the packages of SQLite and PostgreSQL, which wrap every
/// [java.sql.SQLException] once, at the border of the storage SPI. Start reading at
/// [page.bits.storage.jdbc.shared.SessionPool].
@NullMarked
package page.bits.storage.jdbc.shared;

import org.jspecify.annotations.NullMarked;
