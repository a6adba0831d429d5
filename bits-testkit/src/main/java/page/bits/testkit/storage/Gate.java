/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.storage;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import page.bits.db.spi.StorageErrors;

/// Where the calls of a storage that says nothing wait: until it answers again, is closed, or their
/// thread is interrupted. Thread-safe.
final class Gate {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private boolean isShut;
  private boolean isClosed;

  void shut(boolean shut) {
    lock.lock();
    try {
      isShut = shut;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void pass() {
    lock.lock();
    try {
      while (isShut) {
        if (isClosed) {
          throw StorageErrors.closed();
        }
        moved.await();
      }
    } catch (InterruptedException e) {
      throw StorageErrors.interrupted(e);
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      isClosed = true;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
