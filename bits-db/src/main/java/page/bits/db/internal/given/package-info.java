/// What callers give: names of entities and attributes, values, and forms to parse.
///
/// Between the schema below and queries, pull and values above. Start reading at
/// [page.bits.db.internal.given.EntityRefs].
@NullMarked
package page.bits.db.internal.given;

import org.jspecify.annotations.NullMarked;
