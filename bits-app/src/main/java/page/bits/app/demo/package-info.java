/// The sample creators that `--demo` adds.
@NullMarked
package page.bits.app.demo;

import org.jspecify.annotations.NullMarked;
