/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import page.bits.db.UnresolvedAppend;
import page.bits.db.internal.log.Entry;
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StoredEntry;
import page.bits.error.BitsException;

/// One entry on its way into the log, until it is certain what lies at its position.
///
/// Run once, on one thread; its end may be read from another. An end that the storage did not tell
/// is resolved here: whoever is at the position decides, and while nobody is, the same bytes are
/// put again.
final class Append implements Runnable {
  /// What lies at the position in the end.
  sealed interface End {
    /// Our entry.
    record Ours() implements End {}

    /// Another writer's entry: the position is lost.
    record Lost(StoredEntry winner) implements End {}

    /// The log does not continue what we have seen.
    record Forked() implements End {}

    /// We were told to stop before it was certain.
    record Abandoned() implements End {}

    /// The storage fails in a way that trying again does not mend: what it did is not known.
    record Broken(BitsException reason) implements End {}
  }

  /// A storage that has not answered for so long may never do so.
  private static final long SLOW_NANOS = 1_000_000_000;

  private static final long RETRY_NANOS_MIN = 1_000_000;
  private static final long RETRY_NANOS_MAX = 1_000_000_000;

  private final PreparedEntry prepared;
  private final Supplier<Payload> encoding;
  private final DatabaseId database;
  private final Storage storage;
  private final LongSupplier headPosition;
  private final Pause pause;
  private final LongConsumer whenOurs;
  private final Runnable whenDone;
  private final long sentNanos;
  private volatile @Nullable Payload payload;
  private volatile @Nullable End end;
  private volatile boolean isInDoubt;

  /// Waits a while; false when the peer is closing.
  @FunctionalInterface
  interface Pause {
    boolean sleep(long nanos);
  }

  Append(
      PreparedEntry prepared,
      Supplier<Payload> encoding,
      DatabaseId database,
      Storage storage,
      LongSupplier headPosition,
      Pause pause,
      LongConsumer whenOurs,
      Runnable whenDone,
      long sentNanos) {
    this.prepared = prepared;
    this.encoding = encoding;
    this.database = database;
    this.storage = storage;
    this.headPosition = headPosition;
    this.pause = pause;
    this.whenOurs = whenOurs;
    this.whenDone = whenDone;
    this.sentNanos = sentNanos;
  }

  PreparedEntry prepared() {
    return prepared;
  }

  /// What is appended; there once it is encoded, which is the first thing that a run does.
  Entry entry() {
    return payload().entry();
  }

  private Payload payload() {
    return Objects.requireNonNull(payload);
  }

  /// What an operator sees of it, if it is not known here what lies at its position.
  Optional<UnresolvedAppend> unresolved(long nowNanos, StorageClock clock) {
    return isUnresolved(nowNanos)
        ? Optional.of(
            new UnresolvedAppend(
                prepared.position(),
                clock.now().minusNanos(nowNanos - sentNanos),
                prepared.submissionIds()))
        : Optional.empty();
  }

  /// Whether the storage did not say, or has not answered for long. An append that is merely under
  /// way is not meant.
  private boolean isUnresolved(long nowNanos) {
    return switch (end) {
      case null -> isInDoubt || nowNanos - sentNanos >= SLOW_NANOS;
      case End.Ours _, End.Lost _, End.Forked _ -> false;
      case End.Abandoned _, End.Broken _ -> true;
    };
  }

  boolean isDone() {
    return end != null;
  }

  End end() {
    return Objects.requireNonNull(end);
  }

  @Override
  public void run() {
    try {
      payload = encoding.get();
      end = untilCertain();
    } catch (RuntimeException | Error e) { // a bug below us: never wait for ever
      end = new End.Broken(PeerErrors.internal(e));
    }
    if (end instanceof End.Ours) {
      whenOurs.accept(entry().position());
    }
    whenDone.run();
    clear(end());
  }

  /// What is not certain stays as it is. So does a fork, which an operator may take back.
  private void clear(End certain) {
    switch (certain) {
      case End.Ours _ -> payload().kept();
      case End.Lost _ -> payload().lost();
      case End.Forked _, End.Abandoned _, End.Broken _ -> {}
    }
  }

  private End untilCertain() {
    long wait = RETRY_NANOS_MIN;
    while (true) {
      End certain = attempt();
      if (certain != null) {
        return certain;
      }
      isInDoubt = true;
      if (!pause.sleep(wait)) {
        return new End.Abandoned();
      }
      wait = Math.min(wait * 2, RETRY_NANOS_MAX);
    }
  }

  /// One try to learn who is at the position; null while that is not certain.
  private @Nullable End attempt() {
    try {
      if (headPosition.getAsLong() >= entry().position()) {
        // Another writer's entry was seen there. If it is gone, the log was replaced, and the place
        // that it left is not ours to take.
        return resolved().orElseGet(End.Forked::new);
      }
      Bytes row = payload().row();
      AppendResult result =
          storage.append(database, entry().position(), entry().previous(), entry().digest(), row);
      return switch (result) {
        case AppendResult.Appended _ -> new End.Ours();
        case AppendResult.Taken taken -> decide(taken.entry());
        case AppendResult.Forked _ -> new End.Forked();
        case AppendResult.Unknown _ -> resolved().orElse(null);
      };
    } catch (BitsException e) { // not reached or too busy: asked again, whatever it may have done
      return Peer.isFatal(e) ? new End.Broken(e) : null;
    }
  }

  private Optional<End> resolved() {
    return storage.resolve(database, entry().position()).map(this::decide);
  }

  private End decide(StoredEntry there) {
    return there.digest().equals(entry().digest()) ? new End.Ours() : new End.Lost(there);
  }
}
