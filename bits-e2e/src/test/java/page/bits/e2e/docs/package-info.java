/// The documentation against the code: what a page lists is what there is.
@NullMarked
package page.bits.e2e.docs;

import org.jspecify.annotations.NullMarked;
