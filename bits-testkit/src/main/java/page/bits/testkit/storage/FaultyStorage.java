/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.storage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import page.bits.db.DbError;
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StoredEntry;
import page.bits.db.spi.Versioned;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// A storage that misbehaves as a real one may, within the contract: unknown outcomes, late
/// deliveries, reads that fail, hints that are lost, repeated or reordered, delays.
///
/// Thread-safe. The faults are drawn from a seed; one thread meets the same faults for the same
/// calls, several meet them in the order in which they come. It never lies: what it answers
/// definitely is true.
public final class FaultyStorage implements Storage {
  private static final double LATE_ARRIVES = 0.3;

  private final Storage real;
  private final Random random;
  private final List<Runnable> late = new ArrayList<>();
  private final Queue<Runnable> overtaken = new ConcurrentLinkedQueue<>();
  private final AtomicLong injected = new AtomicLong();
  private final Gate gate = new Gate();
  private volatile Faults faults;

  public FaultyStorage(Storage real, long seed, Faults faults) {
    this.real = real;
    this.random = new Random(seed);
    this.faults = faults;
  }

  /// Misbehaves differently from now on; [Faults#none()] ends it.
  public void faults(Faults next) {
    faults = next;
  }

  /// Answers nothing from now on, or answers again. Who calls meanwhile waits, until this is closed
  /// or the calling thread is interrupted.
  public void silent(boolean isSilent) {
    gate.shut(isSilent);
  }

  /// How many faults were met, so that a test can prove that there were some.
  public long injected() {
    return injected.get();
  }

  /// Lets every append that is under way arrive now.
  public void deliverLate() {
    for (Runnable append = takeLate(1.0); append != null; append = takeLate(1.0)) {
      append.run();
    }
  }

  private @Nullable Runnable takeLate(double chance) {
    synchronized (random) {
      return late.isEmpty() || random.nextDouble() >= chance
          ? null
          : late.remove(random.nextInt(late.size()));
    }
  }

  private boolean happens(double chance) {
    boolean does;
    synchronized (random) {
      does = chance > 0 && random.nextDouble() < chance;
    }
    if (does) {
      injected.incrementAndGet();
    }
    return does;
  }

  /// What happens before any call: time passes, and something late may arrive.
  private void arrive() {
    gate.pass();
    long mostNanos = faults.delayMax().toNanos();
    if (mostNanos > 0) {
      long nanos;
      synchronized (random) {
        nanos = random.nextLong(mostNanos + 1);
      }
      LockSupport.parkNanos(nanos);
    }
    Runnable append = takeLate(LATE_ARRIVES);
    if (append != null) {
      append.run();
    }
  }

  @Override
  public AppendResult append(
      DatabaseId database, long position, Digest previous, Digest digest, Bytes bytes) {
    arrive();
    Supplier<AppendResult> append = () -> real.append(database, position, previous, digest, bytes);
    if (happens(faults.appendLost())) {
      return unknown("lost");
    }
    if (happens(faults.appendLate())) {
      synchronized (random) {
        late.add(
            () -> {
              var _ = append.get(); // nobody waits for this answer any more
            });
      }
      return unknown("late");
    }
    AppendResult result = append.get();
    return happens(faults.appendUnanswered()) ? unknown("unanswered") : result;
  }

  private static AppendResult unknown(String fault) {
    return new AppendResult.Unknown(unavailable(fault));
  }

  private static BitsException unavailable(String fault) {
    return new BitsException(
        DbError.STORAGE_UNAVAILABLE, "A fault was injected", ErrorData.of("fault", fault));
  }

  private <T> T read(Supplier<T> call) {
    arrive();
    if (happens(faults.readUnavailable())) {
      throw unavailable("read");
    }
    return call.get();
  }

  private <T> T write(Supplier<T> call) {
    arrive();
    if (happens(faults.writeUnavailable() / 2)) {
      throw unavailable("write lost");
    }
    T result = call.get();
    if (happens(faults.writeUnavailable() / 2)) {
      throw unavailable("write unanswered");
    }
    return result;
  }

  @Override
  public List<StoredEntry> read(DatabaseId database, long fromPosition, int maxBytes) {
    return read(() -> real.read(database, fromPosition, maxBytes));
  }

  @Override
  public Optional<StoredEntry> resolve(DatabaseId database, long position) {
    return read(() -> real.resolve(database, position));
  }

  @Override
  public long head(DatabaseId database) {
    return read(() -> real.head(database));
  }

  @Override
  public boolean replace(DatabaseId database, long position, Digest digest, Bytes bytes) {
    return write(() -> real.replace(database, position, digest, bytes));
  }

  @Override
  public void putBlob(String key, Bytes bytes) {
    write(
        () -> {
          real.putBlob(key, bytes);
          return true;
        });
  }

  @Override
  public Optional<Bytes> getBlob(String key) {
    return read(() -> real.getBlob(key));
  }

  @Override
  public void deleteBlob(String key) {
    write(
        () -> {
          real.deleteBlob(key);
          return true;
        });
  }

  @Override
  public boolean compareAndSet(String key, long expectedVersion, @Nullable Bytes bytes) {
    return write(() -> real.compareAndSet(key, expectedVersion, bytes));
  }

  @Override
  public Optional<Versioned> get(String key) {
    return read(() -> real.get(key));
  }

  @Override
  public SortedMap<String, Versioned> records(String prefix) {
    return read(() -> real.records(prefix));
  }

  @Override
  public List<String> list(String prefix) {
    return read(() -> real.list(prefix));
  }

  @Override
  public void hint(DatabaseId database, long position) {
    tell(() -> real.hint(database, position));
  }

  @Override
  public Registration onHint(HintListener listener) {
    return real.onHint(
        new HintListener() {
          @Override
          public void mayHaveGrown(@Nullable DatabaseId database, long position) {
            tell(() -> listener.mayHaveGrown(database, position));
          }

          @Override
          public boolean wants(DatabaseId database, long position) {
            return listener.wants(database, position);
          }

          @Override
          public void hasGrown(DatabaseId database, StoredEntry entry) {
            tell(() -> listener.hasGrown(database, entry));
          }
        });
  }

  /// A hint on its way, which may be lost, repeated, or overtaken by the next.
  private void tell(Runnable hint) {
    Faults.Hints chances = faults.hints();
    if (happens(chances.lost())) {
      return;
    }
    if (happens(chances.late())) {
      overtaken.add(hint);
      return;
    }
    hint.run();
    if (happens(chances.repeated())) {
      hint.run();
    }
    for (Runnable older = overtaken.poll(); older != null; older = overtaken.poll()) {
      older.run();
    }
  }

  @Override
  public Instant now() {
    return read(real::now);
  }

  @Override
  public Map<String, String> settings() {
    return real.settings();
  }

  @Override
  public void close() {
    gate.close();
    real.close();
  }
}
