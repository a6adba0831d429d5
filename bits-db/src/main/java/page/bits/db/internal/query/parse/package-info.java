/// From EDN to the algebra. What can be known before anything is read is proved here: that sources
/// are named, and that every variable can be bound. Start reading at
/// [page.bits.db.internal.query.parse.QueryParser].
@NullMarked
package page.bits.db.internal.query.parse;

import org.jspecify.annotations.NullMarked;
