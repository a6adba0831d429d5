/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.process;

import java.util.List;

/// The program of every process that these tests start: `Worker VERB ARGUMENT…`.
public final class Worker {
  private Worker() {}

  /// Runs one verb; anything thrown is a stack trace and exit code 1.
  public static void main(String[] arguments) throws Exception {
    List<String> rest = List.of(arguments).subList(1, arguments.length);
    switch (arguments[0]) {
      case "both" -> WriteAndFollow.run(rest);
      case "in-flight" -> WriteInFlight.run(rest);
      case "present" -> Present.run(rest);
      case "consume" -> Consume.run(rest);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    System.exit(0);
  }

  /// One line for the parent, at once.
  static void say(String line) {
    synchronized (System.out) {
      System.out.println(line);
      System.out.flush();
    }
  }
}
