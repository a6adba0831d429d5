/// What every connection promises, on every storage: a kit that a storage module runs with its own
/// URIs.
@NullMarked
package page.bits.testkit.peer;

import org.jspecify.annotations.NullMarked;
