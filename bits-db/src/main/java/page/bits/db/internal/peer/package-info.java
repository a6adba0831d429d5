/// A peer: one database of one storage in this process. It commits, applies every entry in order,
/// and reports.
///
/// ```
///   callers -> Committer (evaluates, groups, appends) --own entries--> Peer.apply -> db() -> futures -> subscriptions
///   storage -> Tail (hints, polls) ------foreign entries---------------^
/// ```
///
/// The log decides everything: a commit is one conditional append, and whatever else happens here
/// makes it fast, never true. Start reading at [page.bits.db.internal.peer.Peer], then
/// [page.bits.db.internal.peer.Committer].
@NullMarked
package page.bits.db.internal.peer;

import org.jspecify.annotations.NullMarked;
