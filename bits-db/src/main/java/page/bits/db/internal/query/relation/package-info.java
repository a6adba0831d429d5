/// Sets of rows over variables, their joins, and the count of the work done. Start reading at
/// [page.bits.db.internal.query.relation.Relation].
@NullMarked
package page.bits.db.internal.query.relation;

import org.jspecify.annotations.NullMarked;
