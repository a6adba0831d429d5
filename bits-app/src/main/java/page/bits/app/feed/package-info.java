/// Creators and their posts: the schema, what pages read, and the forms that write.
///
/// [page.bits.app.feed.Feed] reads, each through the narrowest index range there is, so that a page
/// is rendered again only for what it shows. [page.bits.app.feed.Writing] makes transaction forms;
/// it transacts nothing.
@NullMarked
package page.bits.app.feed;

import org.jspecify.annotations.NullMarked;
