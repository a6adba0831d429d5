/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import page.bits.db.spi.Storage;

/// A storage whose appends a test can hold up. Thread-safe.
final class GatedStorage {
  private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));
  private final AtomicReference<CountDownLatch> arrived =
      new AtomicReference<>(new CountDownLatch(0));
  private final Storage storage;

  GatedStorage(Storage target) {
    this.storage =
        (Storage)
            Proxy.newProxyInstance(
                Storage.class.getClassLoader(),
                new Class<?>[] {Storage.class},
                (_, method, arguments) -> {
                  if (method.getName().equals("append")) {
                    arrived.get().countDown();
                    gate.get().await();
                  }
                  try {
                    return method.invoke(target, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
  }

  Storage storage() {
    return storage;
  }

  /// Holds up every append from now on; what is answered opens when the first one has come.
  CountDownLatch hold() {
    var next = new CountDownLatch(1);
    arrived.set(next);
    gate.set(new CountDownLatch(1));
    return next;
  }

  void release() {
    gate.get().countDown();
  }
}
