/// The bridge between jte's templates and the live layer's HTML.
@NullMarked
package page.bits.app.jte;

import org.jspecify.annotations.NullMarked;
