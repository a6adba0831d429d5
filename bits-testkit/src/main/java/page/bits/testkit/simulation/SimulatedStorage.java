/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import page.bits.db.DbError;
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StorageErrors;
import page.bits.db.spi.StoredEntry;
import page.bits.db.spi.Versioned;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// What one simulated process sees of the store: every call is a request that travels there, takes
/// effect, and an answer that travels back; each of the three can fail.
///
/// It keeps the promises of the SPI: an exception from an append means that it put nothing and
/// never will.
class SimulatedStorage implements Storage {
  private static final int FAR = 64;

  /// What came back.
  private static final class Reply<T extends @Nullable Object> {
    private boolean isOnItsWay;
    private boolean isThere;
    private @Nullable T value;
  }

  private final Process process;
  private final SimulatedWorld world;
  private final SimulatedStore store;
  private final Set<Long> lostHints = new HashSet<>();
  private final Set<Digest> unanswered = new HashSet<>();
  private boolean isAppending;
  private boolean isCutOff;
  private boolean isClosed;

  SimulatedStorage(Process process, SimulatedWorld world, SimulatedStore store) {
    this.process = process;
    this.world = world;
    this.store = store;
  }

  Process process() {
    return process;
  }

  boolean isAppending() {
    return isAppending;
  }

  void cutOff(boolean isCut) {
    isCutOff = isCut;
  }

  private static BitsException unavailable(String why) {
    return new BitsException(
        DbError.STORAGE_UNAVAILABLE,
        "The simulated storage was not reached",
        ErrorData.of("why", why));
  }

  private long travelNanos() {
    Swarm swarm = store.swarm();
    long most = swarm.latencyNanosMax();
    boolean isSlow = store.scheduler().happens(swarm.slowCall());
    return store.random().nextLong(isSlow ? 100 * most : most);
  }

  /// Whether the call fails before anything was sent: certainly without effect.
  private void before() {
    if (isClosed) {
      throw StorageErrors.closed();
    }
    if (Thread.currentThread().isInterrupted()) {
      throw StorageErrors.interrupted(null);
    }
    if (store.isAway() || isCutOff) {
      world.parkNanos(this, travelNanos());
      store.reach(Reached.STORAGE_AWAY);
      throw unavailable("away");
    }
    if (store.scheduler().happens(store.swarm().busy())) {
      world.parkNanos(this, travelNanos());
      store.reach(Reached.STORAGE_BUSY);
      throw StorageErrors.busy(
          "simulation", Duration.ofNanos(store.swarm().storageDeadlineNanos()));
    }
  }

  /// Sends a request and waits for its answer; empty when none came in time.
  private <T extends @Nullable Object> Optional<Reply<T>> call(
      Supplier<T> effect, double repeated, Runnable whenGivenUp) {
    before();
    Swarm swarm = store.swarm();
    Scheduler scheduler = store.scheduler();
    var reply = new Reply<T>();
    Thread thread = Thread.currentThread();
    long deadline = world.nanos() + swarm.storageDeadlineNanos();
    boolean isLate = scheduler.happens(swarm.late());
    if (!scheduler.happens(swarm.requestLost())) {
      boolean isAnswered = !isLate && !scheduler.happens(swarm.replyLost());
      long out = isLate ? swarm.storageDeadlineNanos() + 10 * travelNanos() : travelNanos();
      if (scheduler.happens(repeated)) { // a driver that sends it twice
        var _ = scheduler.after(out / 2, () -> arrive(effect, reply, false, thread));
      }
      var _ = scheduler.after(out, () -> arrive(effect, reply, isAnswered, thread));
      reply.isOnItsWay = isAnswered;
    }
    if (isLate) {
      whenGivenUp.run();
    }
    store.waits(thread);
    boolean wasHealed = store.isHealed();
    while (!reply.isThere && world.nanos() < deadline && !thread.isInterrupted()) {
      if (store.isHealed() && !wasHealed && !reply.isOnItsWay) {
        break; // the connection was cut: no use to wait for this answer
      }
      world.parkNanos(this, deadline - world.nanos());
    }
    store.waitsNoMore(thread);
    return reply.isThere ? Optional.of(reply) : Optional.empty();
  }

  private <T extends @Nullable Object> void arrive(
      Supplier<T> effect, Reply<T> reply, boolean isAnswered, Thread thread) {
    T value = effect.get();
    if (isAnswered) {
      var _ =
          store
              .scheduler()
              .after(
                  travelNanos(),
                  () -> {
                    reply.value = value;
                    reply.isThere = true;
                    LockSupport.unpark(thread);
                  });
    }
  }

  @SuppressWarnings("NullAway") // a reply that is there holds what the effect answered
  private <T extends @Nullable Object> T ask(Supplier<T> effect) {
    Optional<Reply<T>> reply = call(effect, 0, () -> {});
    if (reply.isEmpty()) {
      if (Thread.currentThread().isInterrupted()) {
        throw StorageErrors.interrupted(null);
      }
      throw unavailable("no answer");
    }
    return reply.get().value;
  }

  @Override
  public AppendResult append(
      DatabaseId database, long position, Digest previous, Digest digest, Bytes bytes) {
    var entry = new StoredEntry(position, digest, bytes);
    boolean wasRestored = store.wasRestored();
    isAppending = true;
    try {
      Optional<Reply<AppendResult>> reply =
          call(
              () ->
                  store.append(this, database, previous, entry, wasRestored != store.wasRestored()),
              store.swarm().repeated(),
              () -> store.gaveUp(digest));
      AppendResult result = reply.map(there -> there.value).orElse(null);
      if (result == null) {
        unanswered.add(digest);
        store.note(process.name() + " append " + position + " unanswered");
        return new AppendResult.Unknown(unavailable("no answer"));
      }
      if (result instanceof AppendResult.Appended && unanswered.contains(digest)) {
        store.reach(Reached.SAME_BYTES_PUT_AGAIN_WON);
      }
      return result;
    } finally {
      isAppending = false;
    }
  }

  @Override
  public List<StoredEntry> read(DatabaseId database, long fromPosition, int maxBytes) {
    List<StoredEntry> entries = ask(() -> store.memory().read(database, fromPosition, maxBytes));
    if (entries.size() > FAR) {
      store.reach(Reached.FAR_BEHIND);
    }
    if (entries.stream().anyMatch(entry -> lostHints.contains(entry.position()))) {
      store.reach(Reached.LOST_HINT_FOUND_BY_POLL);
    }
    return entries;
  }

  @Override
  public Optional<StoredEntry> resolve(DatabaseId database, long position) {
    return ask(() -> store.memory().resolve(database, position));
  }

  @Override
  public long head(DatabaseId database) {
    return ask(() -> store.memory().head(database));
  }

  @Override
  public boolean replace(DatabaseId database, long position, Digest digest, Bytes bytes) {
    return ask(() -> store.memory().replace(database, position, digest, bytes));
  }

  @Override
  public void putBlob(String key, Bytes bytes) {
    var _ =
        ask(
            () -> {
              store.memory().putBlob(key, bytes);
              return true;
            });
  }

  @Override
  public Optional<Bytes> getBlob(String key) {
    return ask(() -> store.memory().getBlob(key));
  }

  @Override
  public void deleteBlob(String key) {
    var _ =
        ask(
            () -> {
              store.memory().deleteBlob(key);
              return true;
            });
  }

  @Override
  public boolean compareAndSet(String key, long expectedVersion, @Nullable Bytes bytes) {
    return ask(() -> store.compareAndSet(process, key, expectedVersion, bytes));
  }

  @Override
  public Optional<Versioned> get(String key) {
    return ask(() -> store.memory().get(key));
  }

  @Override
  public List<String> list(String prefix) {
    return ask(() -> store.memory().list(prefix));
  }

  @Override
  public void hint(DatabaseId database, long position) {
    store.hint(database, position);
  }

  /// A hint arrives, on a thread of this process.
  void hinted(HintListener listener, DatabaseId database, long position) {
    if (!process.isDead() && !isClosed) {
      lostHints.removeIf(lost -> lost <= position);
      world.thread("hint", () -> hear(listener, database, position)).start();
    }
  }

  /// Who wants the entry is given it, after a read as any other.
  private void hear(HintListener listener, DatabaseId database, long position) {
    Optional<StoredEntry> found = Optional.empty();
    try {
      if (listener.wants(database, position)) {
        found = resolve(database, position);
      }
    } catch (BitsException _) {
      // it is told of without
    }
    found.ifPresentOrElse(
        entry -> give(listener, database, entry), () -> listener.mayHaveGrown(database, position));
  }

  private void give(HintListener listener, DatabaseId database, StoredEntry entry) {
    listener.hasGrown(database, entry);
    if (listener.wants(database, entry.position() + 1)) {
      store.reach(Reached.APPLIED_WHERE_HEARD);
    }
  }

  void hintLost(long position) {
    lostHints.add(position);
  }

  @Override
  public Registration onHint(HintListener listener) {
    return store.listen(this, listener);
  }

  @Override
  public Instant now() {
    return ask(store::now);
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("kind", "simulation");
  }

  @Override
  public void close() {
    isClosed = true;
    store.forget(process);
  }
}
