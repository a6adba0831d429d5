/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.process;

import java.util.List;
import java.util.Map;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Session;

/// Verb `present URI NAME`: is here, under that name, until its input ends; then it closes.
///
/// Prints `HERE session` once it is, and `REPLACED session` for each later session.
final class Present {
  static final String SCHEMA =
      """
      [{:db/ident :here/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/ephemeral true}]""";

  private Present() {}

  static void run(List<String> arguments) throws Exception {
    try (Connection connection = Bits.connect(arguments.get(0))) {
      connection.ensureSchema(SCHEMA);
      Session session = connection.session();
      session.onReplaced(id -> Worker.say("REPLACED " + id));
      var _ = session.hold(Map.of(":here/name", arguments.get(1))).await();
      Worker.say("HERE " + session.id());
      while (System.in.read() >= 0) {
        // until the parent closes it
      }
    }
  }
}
