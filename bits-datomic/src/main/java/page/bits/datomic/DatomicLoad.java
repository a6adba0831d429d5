/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.datomic;

import datomic.Connection;
import datomic.Peer;
import datomic.Util;
import java.util.List;
import page.bits.benchmarks.Load;

/// The load of `./bits bench beside-datomic` on Datomic's peer library, in memory.
final class DatomicLoad {
  private DatomicLoad() {}

  public static void main(String[] arguments) throws Exception {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
    String uri = "datomic:mem://load";
    Peer.createDatabase(uri);
    Connection connection = Peer.connect(uri);
    connection.transact((List<?>) Util.read(Load.schema())).get();
    Load.run(connection::transactAsync);
    System.exit(0); // the library keeps threads
  }
}
