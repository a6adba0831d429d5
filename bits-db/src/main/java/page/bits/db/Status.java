/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.List;
import java.util.Map;

/// How a connection and its storage are doing, at one moment. Immutable.
///
/// `turn` says who holds the turn to append, where several writers or many transactions made one
/// necessary: `holder` (the session of a peer, or `nobody`), `number` (how often it changed hands),
/// `waiting` (how many wait for it). `session` is this peer's own; `formatLevel` the database's, up
/// to which a build has to be able to read. `peers` are the processes that have this storage open
/// to write, by the records under which they beat; one that came within the last second is not
/// among them yet, and one that died is for about a minute. While the storage does not answer, this
/// says what the peer knows: `headPosition` is what it has applied, `turn` and `peers` are empty,
/// and `storage` has `trouble` (the code), `trouble-why` and `trouble-since` (by the clock of this
/// process). `unresolved` is this connection's own append whose outcome is unknown at this moment,
/// one at most; [PeerStatus#unresolved()] has those of the others.
public record Status(
    String uri,
    String databaseId,
    long headPosition,
    long headT,
    long appliedPosition,
    long appliedT,
    String chainDigest,
    long formatLevel,
    String session,
    Map<String, String> turn,
    List<UnresolvedAppend> unresolved,
    List<PeerStatus> peers,
    Map<String, String> storage) {
  public Status {
    unresolved = List.copyOf(unresolved);
    peers = List.copyOf(peers);
    turn = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(turn));
    storage = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(storage));
  }

  /// Positions in the log that this connection has not applied yet.
  public long lag() {
    return headPosition - appliedPosition;
  }
}
