/// Tests with real processes, a real PostgreSQL, haproxy and Chromium, and the rules of the whole
/// tree.
///
/// The harness: [page.bits.e2e.BitsProcess] starts the built program and reads what it prints,
/// [page.bits.e2e.Postgres] one server for all tests, [page.bits.e2e.Haproxy] a load balancer, and
/// `page.bits.e2e.browser` a browser. Each is closed by the test that opened it, and
/// [page.bits.testkit.process.Children] ends by process id whatever is left when the tests are
/// stopped. A program that is missing fails the test; it never skips it.
@NullMarked
package page.bits.e2e;

import org.jspecify.annotations.NullMarked;
