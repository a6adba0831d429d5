/// The built-in functions and aggregates of queries, and how values are compared and computed with.
/// Start reading at [page.bits.db.internal.query.function.Functions].
@NullMarked
package page.bits.db.internal.query.function;

import org.jspecify.annotations.NullMarked;
