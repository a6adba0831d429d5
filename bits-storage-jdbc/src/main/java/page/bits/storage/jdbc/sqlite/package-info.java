/// The embedded storage: one SQLite file, `bits:sqlite:FILE`, shared by the processes of one
/// kernel.
///
/// Owns the layout of the file: the log is one b-tree keyed by database number and position, so
/// that an append touches one page. Invariants: WAL with `synchronous=FULL`, read back at every
/// open; every write is one statement; the file is opened through SQLite only, since closing a
/// plain file descriptor would drop its locks. Neighbour: [page.bits.storage.jdbc.shared]. Start
/// reading at [page.bits.storage.jdbc.sqlite.SqliteStorage]. Sources: sqlite.org on WAL, `PRAGMA
/// data_version` and how to corrupt a database file.
@NullMarked
package page.bits.storage.jdbc.sqlite;

import org.jspecify.annotations.NullMarked;
