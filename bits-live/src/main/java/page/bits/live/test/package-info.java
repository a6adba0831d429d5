/// Drives a site in a test: no browser, no container, no port, no sleeping.
///
/// [page.bits.live.test.TestSite] holds one or more nodes, [page.bits.live.test.Visitor] is a
/// browser with its cookies, [page.bits.live.test.OpenPage] a page that it has open: its stream is
/// read, its frames are applied by the rules of `docs/reference/stream.md`, and forms are submitted
/// as the script does it. `docs/guides/testing.md` shows how it is used.
@NullMarked
package page.bits.live.test;

import org.jspecify.annotations.NullMarked;
