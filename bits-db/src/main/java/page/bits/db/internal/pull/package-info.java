/// Pull: from a pattern and an entity to a map; and entities read as they are asked for.
///
/// [page.bits.db.internal.pull.PatternParser] reads a pattern into
/// [page.bits.db.internal.pull.PullPattern], [page.bits.db.internal.pull.Puller] walks the datoms.
/// Start reading at [page.bits.db.internal.pull.PullEngine].
@NullMarked
package page.bits.db.internal.pull;

import org.jspecify.annotations.NullMarked;
