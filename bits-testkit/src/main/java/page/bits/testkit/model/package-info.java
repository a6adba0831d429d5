/// A database as anyone would write it, to test the real one against.
///
/// Start at [page.bits.testkit.model.NaiveDb], a list of datoms;
/// [page.bits.testkit.model.NaivePull] pulls from it. Slow, and short enough to be believed.
@NullMarked
package page.bits.testkit.model;

import org.jspecify.annotations.NullMarked;
