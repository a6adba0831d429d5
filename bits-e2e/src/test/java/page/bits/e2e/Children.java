/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The processes that these tests started and that still run: whoever stops the tests, none is
/// left.
public final class Children {
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "children"));
  }

  private Children() {}

  public static Process add(Process process) {
    RUNNING.add(process);
    var _ = process.onExit().thenAccept(RUNNING::remove);
    return process;
  }
}
