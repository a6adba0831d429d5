/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import page.bits.db.Datom;
import page.bits.db.Tx;
import page.bits.db.internal.index.IndexView;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.schema.Ids;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;

/// The sessions that are open in a database, and the end of those whose process is gone.
/// Thread-safe.
final class OpenSessions {
  private static final Keyword END = Keyword.of(":bits/end-session");

  private final Peer peer;
  private final World world;
  private final UUID ownProcess;
  private final LongPredicate isStray;
  private final Set<Long> ending = ConcurrentHashMap.newKeySet();

  /// `isStray` says of a session of this process that it does not know it.
  OpenSessions(Peer peer, World world, UUID ownProcess, LongPredicate isStray) {
    this.peer = peer;
    this.world = world;
    this.ownProcess = ownProcess;
    this.isStray = isStray;
  }

  /// Each in the newest value, with the process that opened it.
  Map<Long, UUID> processes() {
    IndexView now = IndexView.now(peer.head().index());
    var open = new LinkedHashMap<Long, UUID>();
    Iterator<Datom> sessions = now.read(Ranges.av(Ids.SESSION_OPEN, true));
    while (sessions.hasNext()) {
      long e = sessions.next().e();
      Iterator<Datom> opener = now.read(Ranges.ea(e, Ids.SESSION_PEER));
      if (opener.hasNext()) {
        open.put(e, (UUID) opener.next().v());
      }
    }
    return open;
  }

  /// Ends the sessions of processes that have lapsed, and those of this one that it does not know.
  void endLapsed(Predicate<UUID> hasLapsed) {
    processes()
        .forEach(
            (entity, process) -> {
              boolean isLost = process.equals(ownProcess) && isStray.test(entity);
              if (isLost || hasLapsed.test(process)) {
                end(entity);
              }
            });
  }

  private void end(long entity) {
    if (!ending.add(entity)) {
      return;
    }
    world.start(
        () -> {
          try {
            var _ = peer.commit(ending(entity), peer.newSubmissionId());
          } catch (BitsException _) {
            // somebody else did, or the next look finds it again
          } finally {
            ending.remove(entity);
          }
        });
  }

  /// The transaction that ends a session.
  static Tx ending(long session) {
    return Tx.of(List.of(List.of(END, session)));
  }
}
