/// The pages of a node while somebody watches them: computed, matched, and computed again.
///
/// [page.bits.live.fragment.LiveNode] is the door. What is computed is a cell: a fragment's
/// rendering, what a scoped fragment sees of a viewer, or a guard's answer, each with what it read.
/// A reader of the transaction reports ([page.bits.live.fragment.ReportReader]) ends the states
/// that a transaction touches; a page that they stood in is made again in a round of its own
/// ([page.bits.live.fragment.Rounds]), by threads that a dispatcher feeds
/// ([page.bits.live.fragment.Dispatcher]). All state is in [page.bits.live.fragment.Fragments],
/// behind one lock. What comes out is a [page.bits.live.fragment.Snapshot]: a page's whole tree as
/// it was at one point.
@NullMarked
package page.bits.live.fragment;

import org.jspecify.annotations.NullMarked;
