/// The storage on a PostgreSQL server, for any number of nodes:
/// `bits:postgresql://HOST:PORT/DATABASE?user=…`.
///
/// Owns the tables, at most four connections and one that listens, and the reading of the server's
/// error codes. Invariants: every write is one autocommitted statement at READ COMMITTED, never
/// retried behind the caller's back; a notification is a hint and is sent after the append, on
/// another connection, so that it can neither fail nor delay one. Neighbour:
/// [page.bits.storage.jdbc.shared]. Start reading at
/// [page.bits.storage.jdbc.postgresql.PostgresStorage]. Sources: the PostgreSQL manual on NOTIFY,
/// INSERT … ON CONFLICT and the error codes.
@NullMarked
package page.bits.storage.jdbc.postgresql;

import org.jspecify.annotations.NullMarked;
