/// The database value: one point of an index, with everything that can be asked of it.
///
/// [page.bits.db.internal.value.DbValue] joins the index below with the query and pull engines
/// beside it, and keeps none of their logic.
@NullMarked
package page.bits.db.internal.value;

import org.jspecify.annotations.NullMarked;
