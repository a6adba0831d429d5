/// The smallest live site: one page, one fragment, one action.
@NullMarked
package page.bits.examples.guestbook;

import org.jspecify.annotations.NullMarked;
