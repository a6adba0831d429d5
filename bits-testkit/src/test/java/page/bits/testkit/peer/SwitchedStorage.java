/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.peer;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import page.bits.db.DbError;
import page.bits.db.spi.Storage;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// A storage that is another from one call to the next, as after a restore from a backup.
final class SwitchedStorage {
  private volatile boolean isBlind;
  private final Storage storage =
      (Storage)
          Proxy.newProxyInstance(
              Storage.class.getClassLoader(),
              new Class<?>[] {Storage.class},
              (_, method, arguments) -> {
                if (method.getName().equals("close")) {
                  return null; // what is under way arrives after its sender is gone
                }
                if (isBlind && method.getName().equals("read")) {
                  throw new BitsException(
                      DbError.STORAGE_UNAVAILABLE, "A fault was injected", ErrorData.none());
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

  /// Says where the log ends, and no longer what lies there; or does again.
  void blind(boolean blind) {
    isBlind = blind;
  }
}
