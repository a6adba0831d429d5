/// What a query is once it was read: sealed clauses and terms, the signatures of functions, the
/// sources that patterns are matched against, and the sentences of errors. Start reading at
/// [page.bits.db.internal.query.algebra.Query].
@NullMarked
package page.bits.db.internal.query.algebra;

import org.jspecify.annotations.NullMarked;
