/// Attributes and idents of one database value, and the entities that every database is born with.
///
/// A [page.bits.db.internal.schema.Schema] is an immutable fold of the datoms that define
/// attributes and idents.
@NullMarked
package page.bits.db.internal.schema;

import org.jspecify.annotations.NullMarked;
