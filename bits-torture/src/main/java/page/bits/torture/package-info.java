/// Runs of several real processes on one real storage while faults are injected, and the verdict of
/// the history checker about each.
///
/// [page.bits.torture.Main] reads the command line, [page.bits.torture.Campaign] runs trials, each
/// on a database of its own: [page.bits.torture.Trial] starts the workers, lets
/// [page.bits.torture.Nemesis] loose on them, heals, asks everyone for what they saw, and checks.
/// What a worker does is [page.bits.testkit.workload.PeerRun]; the log is read with plain JDBC
/// ([page.bits.torture.JdbcLog]).
@NullMarked
package page.bits.torture;

import org.jspecify.annotations.NullMarked;
