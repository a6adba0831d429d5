/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.spi;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The listeners of a storage's hints, called on the thread that tells; nothing is queued.
///
/// Thread-safe. A listener that throws is logged and does not keep the others from hearing.
public final class HintListeners {
  private static final System.Logger LOG = System.getLogger(HintListeners.class.getName());

  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  /// No listener yet.
  public HintListeners() {}

  /// Adds a listener until the registration is closed.
  public Storage.Registration add(Storage.HintListener listener) {
    var entry = new Entry(listener);
    entries.add(entry);
    return () -> entries.remove(entry);
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /// Tells every listener; never throws.
  public void tell(@Nullable DatabaseId database, long position) {
    each(listener -> listener.mayHaveGrown(database, position));
  }

  /// Whether somebody wants the entry at the position.
  public boolean isWanted(DatabaseId database, long position) {
    return entries.stream().anyMatch(entry -> entry.listener.wants(database, position));
  }

  /// Gives every listener an entry that was read from the log; never throws.
  public void give(DatabaseId database, StoredEntry found) {
    each(listener -> listener.hasGrown(database, found));
  }

  private void each(Consumer<Storage.HintListener> call) {
    for (Entry entry : entries) {
      try {
        call.accept(entry.listener);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "A hint listener failed", e);
      }
    }
  }

  /// Something is new somewhere: every listener should look.
  public void tellAny() {
    tell(null, -1);
  }

  /// One registration; its identity is what closing removes.
  private static final class Entry {
    private final Storage.HintListener listener;

    private Entry(Storage.HintListener listener) {
      this.listener = listener;
    }
  }
}
