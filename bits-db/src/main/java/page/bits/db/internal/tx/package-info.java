/// From submitted forms to the datoms of one transaction.
///
/// A transaction is a set, judged against the value before it: functions, lookup refs and idents
/// see only that value. Pure: the caller gives the value before, the counters and the time. Start
/// reading at [page.bits.db.internal.tx.Evaluator].
@NullMarked
package page.bits.db.internal.tx;

import org.jspecify.annotations.NullMarked;
