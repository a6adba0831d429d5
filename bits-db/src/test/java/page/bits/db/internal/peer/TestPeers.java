/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import page.bits.db.spi.BitsUri;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;

/// Peers of one database that have nothing in common but its storage, as in several processes.
final class TestPeers {
  private TestPeers() {}

  static Peer open(DatabaseId database, Storage storage) {
    return Peer.open(
        database,
        storage,
        SystemWorld.INSTANCE,
        Deadlines.SYSTEM,
        new Processes(storage, SystemWorld.INSTANCE),
        () -> {});
  }

  static PeerConnection connect(DatabaseId database, Storage storage) {
    return connection(open(database, storage));
  }

  /// The only connection of a peer, which ends with it.
  static PeerConnection connection(Peer peer) {
    return new PeerConnection(BitsUri.parse("bits:mem:test"), peer, peer::close);
  }
}
