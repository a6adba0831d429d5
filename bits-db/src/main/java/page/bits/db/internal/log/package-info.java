/// The log's entries as values, and the chain of digests that binds them.
///
/// At each position lies one [page.bits.db.internal.log.Entry] of one or more
/// [page.bits.db.internal.log.LogRecord]s. The bytes of an entry belong to a package of their own
/// for each released format, `v1` today. Pure: reading and writing is the peer's.
@NullMarked
package page.bits.db.internal.log;

import org.jspecify.annotations.NullMarked;
