/// Results as Java records: how rows and pulled maps fill the components of a record.
///
/// Values change type only where nothing can be lost; anything else is `:db.error/result-shape`
/// with the component, what it expects and what was found. Start reading at
/// [page.bits.db.internal.shape.RecordShape].
@NullMarked
package page.bits.db.internal.shape;

import org.jspecify.annotations.NullMarked;
