/// What a storage has to do, and nothing else: a log with a conditional append, immutable blobs, a
/// few records changed by compare-and-set, hints, and a clock.
///
/// Implemented by a storage module, found through [page.bits.db.spi.StorageProvider]; the
/// technology compatibility kit in the testkit is the proof. A storage is shared by all databases
/// and connections of one JVM that name it.
@NullMarked
package page.bits.db.spi;

import org.jspecify.annotations.NullMarked;
