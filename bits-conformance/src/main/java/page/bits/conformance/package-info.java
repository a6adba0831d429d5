/// What of Datomic's model is proven, and by which test.
///
/// Owns [page.bits.conformance.Row], which a test carries, and [page.bits.conformance.Conformance],
/// which writes `docs/conformance.md` from the tests that ran green. Below every other module, so
/// that the tests of all of them can name it; it is part of no published program.
@NullMarked
package page.bits.conformance;

import org.jspecify.annotations.NullMarked;
