/// A history checker: what clients of several processes were told, held against the log.
///
/// The log has the order, so nothing has to be inferred: it is read once, from position 0, by
/// [page.bits.testkit.history.EntryReader], which shares no code with the database, and replayed on
/// a model of each workload. Then every answer is looked up in what came out. The cost is that of
/// sorting the events by time; everything else is linear.
///
/// Clients write down each operation before they ask and after they were answered
/// ([page.bits.testkit.history.HistoryWriter]), subscribers each report
/// ([page.bits.testkit.history.FeedWriter]); a killed process leaves what it had written, and a
/// torn last line is not there. All times are those of one machine-wide monotonic clock
/// (`System.nanoTime()` of processes of one kernel).
///
/// Begin at [page.bits.testkit.history.Checker]. What is asked, and what it ought to do, is in
/// [page.bits.testkit.history.Request]. Invariants have the numbers of
/// [page.bits.testkit.history.Invariant].
@NullMarked
package page.bits.testkit.history;

import org.jspecify.annotations.NullMarked;
