/// Covering indexes: datoms in sort order, and the views that read them.
///
/// [page.bits.db.internal.index.DatomSource] is what everything above reads. Pure: no clock, no IO,
/// no threads.
@NullMarked
package page.bits.db.internal.index;

import org.jspecify.annotations.NullMarked;
