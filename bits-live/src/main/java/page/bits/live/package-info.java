/// The live layer's outside face: fragments, pages, actions and the site that holds them.
///
/// A site is a declaration; nothing here renders, listens or keeps state. A fragment is a pure
/// function of a database value; the rooms below record what it reads ([page.bits.live.fragment]),
/// match transactions against that ([page.bits.live.match]), and send what changed as frames
/// ([page.bits.live.frame], [page.bits.live.http]). Neither this package nor its rooms know a
/// container or a template engine.
///
/// Start reading at [page.bits.live.Site] and [page.bits.live.Fragment].
@NullMarked
package page.bits.live;

import org.jspecify.annotations.NullMarked;
