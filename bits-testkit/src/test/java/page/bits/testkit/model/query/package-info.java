/// Random queries against a reference evaluator, slow and obvious, that is kept for ever.
///
/// Start at `QueryPropertyTest` and `ReferenceQuery`. A case is EDN, so that one that fails can be
/// made smaller and shown.
@NullMarked
package page.bits.testkit.model.query;

import org.jspecify.annotations.NullMarked;
