/// A deterministic simulation of log, peers, turns and subscriptions: the real code of the peer on
/// threads, clocks and a storage that one seed decides about.
///
/// A run is one [page.bits.testkit.simulation.Simulation]. Its threads are virtual threads that a
/// seeded scheduler steps ([page.bits.testkit.simulation.Scheduler]), its time moves when nobody
/// can run, and its storage loses, delays and repeats what it is asked
/// ([page.bits.testkit.simulation.SimulatedStorage]). What clients and subscribers see is held
/// against the log by invariants with numbers, listed in `docs/proofs.md`. The same seed is the
/// same run, step by step. Start reading at [page.bits.testkit.simulation.Simulation].
@NullMarked
package page.bits.testkit.simulation;

import org.jspecify.annotations.NullMarked;
