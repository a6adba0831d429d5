/// Frames: what a page's viewers are sent, as server-sent events.
///
/// A frame (from, to] is one event: `id:` is the cursor at `to`, `data:` one `hx-partial` for each
/// fragment that changed, in its state at `to`. `docs/reference/stream.md` has the grammar.
@NullMarked
package page.bits.live.frame;

import org.jspecify.annotations.NullMarked;
