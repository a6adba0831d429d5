/// The fragments of a node while somebody watches them: rendered, matched, and rendered again.
///
/// [page.bits.live.fragment.LiveNode] is the door. Its parts: a reader of the transaction reports
/// ([page.bits.live.fragment.ReportReader]) marks what a transaction touches, and a renderer
/// ([page.bits.live.fragment.RenderLoop]) renders what is marked, at the newest value, in rounds.
/// The state of both is in [page.bits.live.fragment.Fragments], behind one lock. What comes out is
/// a [page.bits.live.fragment.Snapshot]: a page's whole tree as it was at one point.
@NullMarked
package page.bits.live.fragment;

import org.jspecify.annotations.NullMarked;
