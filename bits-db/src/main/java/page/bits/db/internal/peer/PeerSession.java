/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import page.bits.db.Held;
import page.bits.db.Session;

/// A connection's face of the session that its peer has. Thread-safe.
final class PeerSession implements Session {
  private final Ephemera ephemera;
  private final Runnable checkOpen;
  private final Set<Hold> holds = ConcurrentHashMap.newKeySet();

  PeerSession(Ephemera ephemera, Runnable checkOpen) {
    this.ephemera = ephemera;
    this.checkOpen = checkOpen;
  }

  @Override
  public UUID id() {
    checkOpen.run();
    return ephemera.session(checkOpen);
  }

  @Override
  public List<Object> ref() {
    return List.of(Ephemera.SESSION_ID, id());
  }

  @Override
  public Held hold(Map<?, ?> facts) {
    checkOpen.run();
    Hold hold = ephemera.hold(facts);
    holds.add(hold);
    return new HeldFacts(hold);
  }

  @Override
  public void onReplaced(Consumer<UUID> callback) {
    checkOpen.run();
    ephemera.onReplaced(callback);
  }

  /// Releases what was held by this connection.
  void close() {
    holds.forEach(ephemera::release);
  }

  private final class HeldFacts implements Held {
    private final Hold hold;

    HeldFacts(Hold hold) {
      this.hold = hold;
    }

    @Override
    public OptionalLong entity() {
      long entity = hold.entity();
      return entity == Hold.NONE ? OptionalLong.empty() : OptionalLong.of(entity);
    }

    @Override
    public void replace(Map<?, ?> facts) {
      ephemera.replace(hold, facts);
    }

    @Override
    public long await() {
      return ephemera.awaitTold(hold);
    }

    @Override
    public void close() {
      holds.remove(hold);
      ephemera.release(hold);
    }
  }
}
