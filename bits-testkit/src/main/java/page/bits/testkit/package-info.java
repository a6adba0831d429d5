/// What tests of all modules share: real parts, storages that misbehave, and seeds that can be
/// replayed.
@NullMarked
package page.bits.testkit;

import org.jspecify.annotations.NullMarked;
