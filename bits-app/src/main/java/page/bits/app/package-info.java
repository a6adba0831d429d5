/// Bits, the application: creators' pages that are live in every browser on every node.
///
/// [page.bits.app.App] starts it on a connection. What it stores is in [page.bits.app.feed]; the
/// templates are in `src/main/jte` and reach the live layer through [page.bits.live.jte.Jte].
@NullMarked
package page.bits.app;

import org.jspecify.annotations.NullMarked;
