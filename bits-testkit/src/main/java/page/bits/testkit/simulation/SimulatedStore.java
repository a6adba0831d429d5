/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.memory.MemoryStorage;
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StoredEntry;
import page.bits.db.spi.Versioned;

/// The storage that all simulated processes share: what really lies there. It lives on the carrier,
/// where requests arrive one after the other.
class SimulatedStore {
  private static final String BEATS = "session/";
  private static final UUID NOBODY = new UUID(0, 0);

  /// Who is told that the log may have grown.
  private record Listening(SimulatedStorage storage, Storage.HintListener listener) {}

  /// An entry came in, from whom and when.
  record Arrival(Process from, long nanos, boolean isOfUsed) {}

  /// The storage answered nobody.
  record Outage(long fromNanos, long toNanos) {}

  private final Scheduler scheduler;
  private final SplittableRandom random;
  private final Trace trace;
  private final Set<Reached> reached;
  private final List<Listening> listening = new ArrayList<>();
  private final Map<UUID, Process> turnSessions = new HashMap<>();
  private final Map<Long, StoredEntry> everAt = new HashMap<>();
  private final Set<Digest> givenUp = new HashSet<>();
  private MemoryStorage memory = MemoryStorage.unnamed(this::now);
  private long clockMillisAhead;
  private final Set<Thread> waiting = new LinkedHashSet<>();
  private final Map<UUID, List<Long>> beats = new HashMap<>();
  private final Map<UUID, Process> beating = new HashMap<>();
  private final Map<Long, Arrival> arrivals = new HashMap<>();
  private final List<Outage> outages = new ArrayList<>();
  private long awaySinceNanos;
  private boolean isAway;
  private boolean isHealed;
  private boolean wasRestored;
  private boolean isRegained;
  private Predicate<Process> wasAhead = _ -> false;

  SimulatedStore(Scheduler scheduler, SplittableRandom random, Trace trace, Set<Reached> reached) {
    this.scheduler = scheduler;
    this.random = random;
    this.trace = trace;
    this.reached = reached;
  }

  Instant now() {
    return Instant.ofEpochMilli(
        Simulation.EPOCH_MILLIS + scheduler.nowNanos() / 1_000_000 + clockMillisAhead);
  }

  MemoryStorage memory() {
    return memory;
  }

  Swarm swarm() {
    return scheduler.swarm();
  }

  SplittableRandom random() {
    return random;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  void reach(Reached state) {
    reached.add(state);
  }

  void note(String what) {
    trace.note(scheduler.nowNanos(), what);
  }

  boolean isHealed() {
    return isHealed;
  }

  /// A thread of a process waits for an answer.
  void waits(Thread thread) {
    waiting.add(thread);
  }

  void waitsNoMore(Thread thread) {
    waiting.remove(thread);
  }

  boolean isAway() {
    return isAway;
  }

  void setAway(boolean away) {
    if (away && !isAway) {
      awaySinceNanos = scheduler.nowNanos();
    } else if (isAway && !away) {
      outages.add(new Outage(awaySinceNanos, scheduler.nowNanos()));
    }
    isAway = away;
  }

  List<Outage> outages() {
    return outages;
  }

  /// When a process gave signs of life that arrived.
  List<Long> beats(UUID process) {
    return beats.getOrDefault(process, List.of());
  }

  /// Which process beats under this id.
  Process process(UUID process) {
    return java.util.Objects.requireNonNull(beating.get(process));
  }

  /// How the entry at a position came.
  Arrival arrival(long position) {
    return java.util.Objects.requireNonNull(arrivals.get(position));
  }

  void setClock(long millisAhead) {
    clockMillisAhead = millisAhead;
  }

  void heal() {
    setAway(false);
    isHealed = true;
    waiting.forEach(LockSupport::unpark);
    scheduler.heal();
  }

  private boolean wasThere(StoredEntry entry) {
    StoredEntry before = everAt.get(entry.position());
    return before != null && before.digest().equals(entry.digest());
  }

  /// Whether an entry that was lost when the storage was restored has been put again by its writer,
  /// who had no answer: then who had seen it knows this log.
  boolean isRegained() {
    return isRegained;
  }

  /// An append arrives; `isOld` when it was sent before the storage was restored.
  AppendResult append(
      SimulatedStorage from,
      DatabaseId database,
      Digest previous,
      StoredEntry entry,
      boolean isOld) {
    AppendResult result =
        memory.append(database, entry.position(), previous, entry.digest(), entry.bytes());
    String end = result.getClass().getSimpleName();
    note(from.process().name() + " append " + entry.position() + " " + end);
    switch (result) {
      case AppendResult.Appended _ -> {
        arrivals.put(
            entry.position(),
            new Arrival(from.process(), scheduler.nowNanos(), from.process().isUsed()));
        isRegained |= wasRestored && wasThere(entry);
        boolean isAhead = !isOld && !isRegained && wasAhead.test(from.process());
        Violation.check(!isAhead, 37, "%s appended to another history", from.process().name());
        if (entry.position() > 0 && !wasRestored) {
          StoredEntry before = everAt.put(entry.position(), entry);
          Violation.check(before == null, 1, "two entries at position %d", entry.position());
        }
        if (givenUp.remove(entry.digest())) {
          reach(Reached.APPENDED_AFTER_CLIENT_GAVE_UP);
        }
      }
      case AppendResult.Taken taken ->
          reach(
              taken.entry().digest().equals(entry.digest())
                  ? Reached.CONFLICT_WITH_OWN_ENTRY
                  : Reached.CONFLICT);
      case AppendResult.Forked _, AppendResult.Unknown _ -> {} // seen by whoever sent it
    }
    return result;
  }

  /// Whoever sent this entry does not wait for the answer any more.
  void gaveUp(Digest digest) {
    givenUp.add(digest);
  }

  boolean compareAndSet(Process from, String key, long expectedVersion, @Nullable Bytes bytes) {
    Bytes before = memory.get(key).map(Versioned::bytes).orElse(null);
    boolean isDone = memory.compareAndSet(key, expectedVersion, bytes);
    if (isDone && key.startsWith("turn/") && bytes != null) {
      turnChanged(from, before, bytes);
    }
    if (isDone && key.startsWith(BEATS) && bytes != null) {
      UUID process = UUID.fromString(key.substring(BEATS.length()));
      beating.put(process, from);
      beats.computeIfAbsent(process, _ -> new ArrayList<>()).add(scheduler.nowNanos());
    }
    return isDone;
  }

  /// A session is new in the record only by the hand of its own process.
  private void turnChanged(Process by, @Nullable Bytes before, Bytes after) {
    List<UUID> now = sessions(after);
    for (UUID session : now) {
      turnSessions.putIfAbsent(session, by);
    }
    UUID holder = now.getFirst();
    UUID holderBefore = before == null ? NOBODY : sessions(before).getFirst();
    if (!holder.equals(holderBefore)) {
      Process owner = turnSessions.get(holderBefore);
      note(by.name() + " turn from " + (owner == null ? "nobody" : owner.name()));
      if (owner != null && owner != by && (owner.isDead() || owner.isPaused())) {
        reach(Reached.TURN_TAKEN_FROM_DEAD);
      }
    }
  }

  /// The holder of a turn record, then those who wait.
  private static List<UUID> sessions(Bytes turn) {
    ByteBuffer in = turn.asReadOnlyBuffer();
    var sessions = new ArrayList<UUID>();
    in.get();
    sessions.add(new UUID(in.getLong(), in.getLong()));
    in.position(in.position() + 16);
    int count = in.get();
    for (int i = 0; i < count; i++) {
      sessions.add(new UUID(in.getLong(), in.getLong()));
    }
    return sessions;
  }

  /// Tells every process, as badly as this seed wants it.
  void hint(DatabaseId database, long position) {
    for (Listening each : List.copyOf(listening)) {
      if (scheduler.happens(swarm().hintLost())) {
        each.storage().hintLost(position);
        continue;
      }
      int times = scheduler.happens(swarm().hintRepeated()) ? 2 : 1;
      for (int i = 0; i < times; i++) {
        var _ =
            scheduler.after(
                random.nextLong(swarm().hintNanosMax()),
                () -> each.storage().hinted(each.listener(), database, position));
      }
    }
  }

  Storage.Registration listen(SimulatedStorage storage, Storage.HintListener listener) {
    var each = new Listening(storage, listener);
    listening.add(each);
    return () -> listening.remove(each);
  }

  void forget(Process process) {
    listening.removeIf(each -> each.storage().process() == process);
  }

  /// All entries of the database that the catalog names.
  List<StoredEntry> log() {
    return Simulation.database(memory)
        .map(database -> memory.read(database, 0, Integer.MAX_VALUE))
        .orElse(List.of());
  }

  long headPosition() {
    return Simulation.database(memory).map(memory::head).orElse(-1L);
  }

  /// Puts an older copy in place: the last entries are gone, as after a restore. `wasAhead` tells
  /// which processes have seen more than what is left.
  void restore(int entriesLost, Predicate<Process> wasAhead) {
    DatabaseId database = Simulation.database(memory).orElseThrow();
    List<StoredEntry> log = log();
    MemoryStorage older = MemoryStorage.unnamed(this::now);
    Digest previous = Digest.NONE;
    for (StoredEntry entry : log.subList(0, log.size() - entriesLost)) {
      var _ = older.append(database, entry.position(), previous, entry.digest(), entry.bytes());
      previous = entry.digest();
    }
    for (String key : memory.list("")) {
      var _ = older.compareAndSet(key, 0, memory.get(key).orElseThrow().bytes());
    }
    memory = older;
    wasRestored = true;
    this.wasAhead = wasAhead;
    note("storage restored to " + (log.size() - entriesLost - 1));
  }

  boolean wasRestored() {
    return wasRestored;
  }

  /// What was ever acknowledged at a position.
  Map<Long, StoredEntry> everAt() {
    return everAt;
  }
}
