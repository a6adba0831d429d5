/// Creators and their posts: the schema, and what is read and written.
@NullMarked
package page.bits.app.feed;

import org.jspecify.annotations.NullMarked;
