/// Real processes on real storages: two that write at once, one that is killed, one that resumes.
///
/// [page.bits.e2e.process.Worker] is the program that runs in each process; it uses the public face
/// of the database and nothing else. The tests start workers, kill them, and compare what they
/// printed with the log.
@NullMarked
package page.bits.e2e.process;

import org.jspecify.annotations.NullMarked;
