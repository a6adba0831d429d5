/// The storage in the memory of this JVM: `bits:mem:NAME`, for tests, trials and values that need
/// not live longer than the process.
///
/// Owns the map of names to stores. A store keeps what was appended until the JVM ends; closing a
/// storage closes one user's view of it. Neighbour: [page.bits.db.spi.Storage], whose every promise
/// holds here except durability. Start reading at [page.bits.db.internal.memory.MemoryStorage].
@NullMarked
package page.bits.db.internal.memory;

import org.jspecify.annotations.NullMarked;
