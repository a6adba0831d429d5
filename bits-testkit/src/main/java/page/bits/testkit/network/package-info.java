/// A network between a client and a server of this machine on which things go wrong.
@NullMarked
package page.bits.testkit.network;

import org.jspecify.annotations.NullMarked;
