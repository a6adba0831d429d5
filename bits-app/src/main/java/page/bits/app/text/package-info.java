/// Text that people write, made into HTML that can do no harm.
///
/// [page.bits.app.text.Markdown] is for posts, [page.bits.app.text.Links] for the links of a
/// profile. Both are pure; both answer only what an allow-list names.
@NullMarked
package page.bits.app.text;

import org.jspecify.annotations.NullMarked;
