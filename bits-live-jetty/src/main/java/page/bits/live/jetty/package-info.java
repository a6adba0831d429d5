/// The Jetty adapter of the live layer: [page.bits.live.jetty.JettySite] starts a site on a port.
///
/// It turns Jetty's requests and responses into those of [page.bits.live.http] and holds the limits
/// of sizes and times; it decides nothing else.
@NullMarked
package page.bits.live.jetty;

import org.jspecify.annotations.NullMarked;
