/// Measurements of whole processes, each beside the physical limit or a peer in the same run.
///
/// Start at [page.bits.benchmarks.Main]. What was measured, with machine and commit, stands in
/// `docs/benchmarks.md`.
@NullMarked
package page.bits.benchmarks;

import org.jspecify.annotations.NullMarked;
