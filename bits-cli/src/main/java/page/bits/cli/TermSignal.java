/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.lang.reflect.Proxy;

/// SIGTERM, answered by an action instead of the JVM's own end with code 143.
///
/// The class that does this belongs to the supported part of the unsupported module of the JDK, and
/// its use is a warning that nobody can suppress; so it is reached by name. Where it is missing,
/// SIGTERM ends the process as ever.
final class TermSignal {
  private TermSignal() {}

  static void onTerm(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      action.run();
                      yield null;
                    }
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> false; // nobody compares it
                    default -> "SIGTERM";
                  });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("TERM"), proxy);
    } catch (ReflectiveOperationException | IllegalArgumentException _) {
      assert true : "no such class here, or the JVM keeps the signal for itself: it ends as ever";
    }
  }
}
