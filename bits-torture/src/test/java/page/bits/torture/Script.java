/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.torture;

import java.util.List;
import java.util.Map;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.error.BitsException;

/// A short program that is ended, or failed, at a chosen system call: makes a database and commits
/// so many transactions, one after the other. Prints `ACK n` for each that was acknowledged.
final class Script {
  private Script() {}

  public static void main(String[] arguments) {
    int count = Integer.parseInt(arguments[1]);
    try (Connection connection = Bits.connect(arguments[0])) {
      connection.ensureSchema(
          """
          [{:db/ident :s/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]""");
      for (long n = 1; n <= count; n++) {
        commit(connection, n);
      }
    } catch (BitsException e) {
      say("FAILED " + e.code());
    }
    say("END");
  }

  private static void commit(Connection connection, long n) {
    try {
      connection.transact(List.of(Map.of(":s/n", n)));
      say("ACK " + n);
    } catch (BitsException e) {
      say("FAILED " + e.code());
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
