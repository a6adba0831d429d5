/// Processes that tests start: what they print, and that none is left behind.
@NullMarked
package page.bits.testkit.process;

import org.jspecify.annotations.NullMarked;
