/// The proof of a storage, and a storage that misbehaves.
///
/// Owns [page.bits.testkit.storage.StorageTck], which every storage's test extends, and
/// [page.bits.testkit.storage.FaultyStorage], which wraps any storage with faults drawn from a
/// seed. Neighbour: [page.bits.db.spi.Storage], the contract that both are about.
@NullMarked
package page.bits.testkit.storage;

import org.jspecify.annotations.NullMarked;
