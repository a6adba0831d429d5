/// The workloads that a history is made of: clients that write and read through a connection, and
/// subscribers that follow its reports, all of them writing down what they ask and what they get.
///
/// [page.bits.testkit.workload.PeerRun] is everything that one process does; a test runs several in
/// one JVM, the torture one in each of several processes. What they write is checked by
/// [page.bits.testkit.history.Checker].
@NullMarked
package page.bits.testkit.workload;

import org.jspecify.annotations.NullMarked;
