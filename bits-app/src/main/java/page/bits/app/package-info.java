/// Bits, the application: creators' pages that are live in every browser on every node.
///
/// [page.bits.app.App] starts it on a connection. Creators and posts are in [page.bits.app.feed],
/// accounts and sessions in [page.bits.app.account], pages and actions in [page.bits.app.site],
/// written text in [page.bits.app.text]; the templates are in `src/main/jte`. `docs/app.md`
/// describes what is stored and why.
@NullMarked
package page.bits.app;

import org.jspecify.annotations.NullMarked;
