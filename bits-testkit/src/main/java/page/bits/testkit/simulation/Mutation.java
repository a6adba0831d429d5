/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import page.bits.db.Connection;
import page.bits.db.spi.BitsUri;
import page.bits.db.spi.Storage;

/// A bug put in on purpose, to see that it is found. What is not overridden is as it should be.
interface Mutation {
  Mutation NONE = new Mutation() {};

  /// What the peer sees of its storage.
  default Storage storage(Life life) {
    return life.storage();
  }

  /// What users see of the connection.
  default Connection connection(Life life, Connection real) {
    return real;
  }

  default Connection connect(Life life, BitsUri uri) {
    return connection(life, Node.connect(life, storage(life)));
  }
}
