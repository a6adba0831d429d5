/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import page.bits.db.PeerStatus;
import page.bits.db.UnresolvedAppend;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;
import page.bits.db.spi.Versioned;
import page.bits.error.BitsException;

/// The processes that have a storage open to write, this one among them: it beats under a record of
/// its own once a second, and looks at the beats of all. Thread-safe; one thread that does nothing
/// else.
///
/// The record is made a second after the first peer came, or when a session needs it: a process
/// that comes and goes leaves no trace.
final class Processes {
  static final String KEYS = "session/";

  private static final long BEAT_NANOS = 1_000_000_000;
  private static final long LOOK_NANOS_MIN = 100_000_000;
  private static final long GONE_NANOS = 60_000_000_000L;
  private static final Duration LEAVE_WAIT = Duration.ofSeconds(1);

  private final Storage storage;
  private final World world;
  private final UUID id;
  private final List<Peer> peers = new CopyOnWriteArrayList<>();
  private volatile boolean isClosing;
  private @Nullable Thread thread;

  /// Held over calls to the storage, so that [#close()] does not wait for it.
  private final ReentrantLock beating = new ReentrantLock();

  // Of whoever holds that lock
  private long version;
  private long beat;
  private final LinkedHashMap<DatabaseId, Long> positions =
      new LinkedHashMap<>(); // last moved last

  // Of the thread
  private final Stillness stillness;
  private long beatNanos;

  Processes(Storage storage, World world) {
    this.storage = storage;
    this.world = world;
    this.id = world.newId();
    this.stillness = new Stillness(world.nanos());
  }

  /// Under which this process beats, and to which its sessions refer.
  UUID id() {
    return id;
  }

  /// A peer more, which writes.
  void join(Peer peer) {
    peers.add(peer);
    synchronized (this) {
      if (thread == null && !isClosing) {
        Thread running = world.thread("bits-session", this::run);
        thread = running;
        running.start();
      }
    }
  }

  void leave(Peer peer) {
    peers.remove(peer);
  }

  /// Takes the record away, if that does not take long.
  void close() {
    Thread running;
    synchronized (this) {
      isClosing = true;
      running = thread;
    }
    if (running != null) {
      world.awaitEnd(running, LEAVE_WAIT);
    }
  }

  private void run() {
    beatNanos = world.nanos();
    long next = beatNanos + BEAT_NANOS;
    while (!isClosing) {
      long left = next - world.nanos();
      if (left > 0) {
        world.parkNanos(this, left);
        continue;
      }
      next = Math.max(next + BEAT_NANOS, world.nanos() + LOOK_NANOS_MIN);
      step();
    }
    forget();
  }

  private void step() {
    try {
      beat();
      look();
    } catch (BitsException _) { // the storage is away: nobody is judged by that
      stillness.trouble();
    }
    peers.forEach(peer -> peer.ephemera().look());
  }

  /// Gives a sign of life, which makes the record where there is none.
  void beat() {
    beating.lock();
    try {
      beat++;
      if (!storage.compareAndSet(key(id), version, record().bytes())) {
        version = storage.get(key(id)).map(Versioned::version).orElse(0L);
        if (!storage.compareAndSet(key(id), version, record().bytes())) {
          throw PeerErrors.notBeating(); // somebody took it away at this moment
        }
      }
      version++;
    } finally {
      beating.unlock();
    }
  }

  /// Makes the record, unless it was made.
  void ensureRecord() {
    beating.lock();
    try {
      if (version == 0) {
        beat();
      }
    } finally {
      beating.unlock();
    }
  }

  private ProcessRecord record() {
    for (Peer peer : peers) {
      long position = peer.head().position();
      if (positions.getOrDefault(peer.database(), -1L) != position) {
        positions.remove(peer.database());
        positions.put(peer.database(), position);
      }
    }
    while (positions.size() > ProcessRecord.POSITIONS_MAX) {
      positions.pollFirstEntry();
    }
    World.Itself itself = world.itself();
    return new ProcessRecord(
        beat,
        FormatLevel.MAX,
        peers.isEmpty() ? world.wallMillis() : peers.getFirst().clock().now().toEpochMilli(),
        itself.pid(),
        itself.host(),
        itself.build(),
        "peer",
        positions,
        unresolved());
  }

  private Map<DatabaseId, UnresolvedAppend> unresolved() {
    var unresolved = new LinkedHashMap<DatabaseId, UnresolvedAppend>();
    for (Peer peer : peers) {
      peer.unresolved().ifPresent(append -> unresolved.put(peer.database(), append));
    }
    return unresolved;
  }

  private static String key(UUID process) {
    return KEYS + process;
  }

  private void look() {
    long began = world.nanos();
    if (began - beatNanos > Stillness.LATE_NANOS) {
      stillness.trouble(); // an own beat was missed
    }
    beatNanos = began;
    var versions = new HashMap<UUID, Long>();
    Map<UUID, ProcessRecord> records = read(storage, versions);
    var beats = new HashMap<UUID, Long>();
    records.forEach((process, record) -> beats.put(process, record.beat()));
    Set<UUID> named = new HashSet<>();
    peers.forEach(peer -> named.addAll(peer.ephemera().open().processes().values()));
    stillness.look(beats, named, began, world.nanos());
    records.values().forEach(this::wakeTails);
    for (Peer peer : peers) {
      if (peer.isOver()) {
        continue;
      }
      peer.ephemera()
          .open()
          .endLapsed(process -> !process.equals(id) && stillness.hasLapsed(process));
    }
    removeGone(versions);
  }

  private void wakeTails(ProcessRecord record) {
    for (Peer peer : peers) {
      if (record.positions().getOrDefault(peer.database(), -1L) > peer.head().position()) {
        peer.wakeTail();
      }
    }
  }

  private void removeGone(Map<UUID, Long> versions) {
    versions.forEach(
        (process, seenVersion) -> {
          if (!process.equals(id) && stillness.stillNanos(process) > GONE_NANOS) {
            var _ = storage.compareAndSet(key(process), seenVersion, null);
          }
        });
  }

  private void forget() {
    beating.lock();
    try {
      if (version != 0) {
        var _ = storage.compareAndSet(key(id), version, null);
      }
    } catch (BitsException _) {
      // then others do, once it has been still for a while
    } finally {
      beating.unlock();
    }
  }

  private static Map<UUID, ProcessRecord> read(Storage storage, Map<UUID, Long> versions) {
    var records = new LinkedHashMap<UUID, ProcessRecord>();
    storage
        .records(KEYS)
        .forEach(
            (key, stored) -> {
              UUID process = UUID.fromString(key.substring(KEYS.length()));
              records.put(process, ProcessRecord.of(stored.bytes()));
              versions.put(process, stored.version());
            });
    return records;
  }

  /// Refuses a format level that a process which has a record cannot read.
  static void checkBuilds(Storage storage, long level) {
    read(storage, new HashMap<>())
        .forEach(
            (process, record) -> {
              if (record.level() < level) {
                throw PeerErrors.oldBuild(process, record, level);
              }
            });
  }

  /// What all processes say of themselves now.
  static List<PeerStatus> status(Storage storage) {
    long now = storage.now().toEpochMilli();
    return read(storage, new HashMap<>()).entrySet().stream()
        .map(entry -> status(entry.getKey(), entry.getValue(), now))
        .toList();
  }

  private static PeerStatus status(UUID process, ProcessRecord record, long nowMillis) {
    var positions = new HashMap<String, Long>();
    record.positions().forEach((database, p) -> positions.put(database.toString(), p));
    var unresolved = new HashMap<String, UnresolvedAppend>();
    record.unresolved().forEach((database, append) -> unresolved.put(database.toString(), append));
    return new PeerStatus(
        process.toString(),
        record.host(),
        record.pid(),
        record.build(),
        record.level(),
        record.role(),
        record.beat(),
        Duration.ofMillis(Math.max(0, nowMillis - record.atMillis())),
        positions,
        unresolved);
  }
}
