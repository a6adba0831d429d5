/// Matching: which computations a transaction touches, by the index ranges that they read.
///
/// [page.bits.live.match.RangeIndex] is the contract, and [page.bits.live.match.IntervalIndex] a
/// search tree over the cuts of the ranges. May find too much, never too little.
@NullMarked
package page.bits.live.match;

import org.jspecify.annotations.NullMarked;
