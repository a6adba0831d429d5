/// Tests of reading, printing and ordering EDN.
@NullMarked
package page.bits.edn;

import org.jspecify.annotations.NullMarked;
