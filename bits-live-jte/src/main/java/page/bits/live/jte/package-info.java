/// The bridge between jte's templates and the live layer's HTML: start at [page.bits.live.jte.Jte].
///
/// The live layer knows no template engine; a site that writes its HTML another way leaves this
/// package out.
@NullMarked
package page.bits.live.jte;

import org.jspecify.annotations.NullMarked;
