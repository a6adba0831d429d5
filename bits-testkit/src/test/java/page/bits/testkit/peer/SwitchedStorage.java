/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.peer;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import page.bits.db.spi.Storage;

/// A storage that is another from one call to the next, as after a restore from a backup.
final class SwitchedStorage {
  private final Storage storage =
      (Storage)
          Proxy.newProxyInstance(
              Storage.class.getClassLoader(),
              new Class<?>[] {Storage.class},
              (_, method, arguments) -> {
                if (method.getName().equals("close")) {
                  return null; // what is under way arrives after its sender is gone
                }
                try {
                  return method.invoke(target(), arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
  private volatile Storage target;

  SwitchedStorage(Storage target) {
    this.target = target;
  }

  Storage storage() {
    return storage;
  }

  private Storage target() {
    return target;
  }

  /// Every call from now on goes there.
  void switchTo(Storage next) {
    target = next;
  }
}
