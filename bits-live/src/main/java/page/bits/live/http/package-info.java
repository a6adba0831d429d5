/// The HTTP face of a site, without a container: requests in, responses out.
///
/// [page.bits.live.http.LiveServer] is what an adapter calls for each request. It routes to pages,
/// actions, assets and the addresses under `/-/`. `docs/reference/stream.md` is its manual.
@NullMarked
package page.bits.live.http;

import org.jspecify.annotations.NullMarked;
