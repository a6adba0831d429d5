/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.e2e.BitsProcess;
import page.bits.e2e.Http;
import page.bits.testkit.Await;

/// The way to the storage is cut under a node that serves: its health says so while pages go on,
/// and is well again by itself.
class StorageAwayTest {
  @TempDir private Path folder;

  @Test
  void serve_storageAwayForAWhile_healthSaysSoAndIsWellAgain() {
    try (Gate gate = new Gate(Storages.postgresqlPort());
        BitsProcess node = serve(Storages.postgresqlThrough(gate.port()))) {
      String health = node.address() + "/-/health";
      Http.awaitOk(health);
      gate.shut();
      Await.until("the health of the node is red", () -> Http.get(health).statusCode() == 503);
      assertThat(Http.get(health).body()).contains("\"status\":\"storage-away\"");
      assertThat(Http.get(node.address() + "/").statusCode()).isEqualTo(200);
      gate.open();
      Http.awaitOk(health);
      assertThat(node.isAlive()).isTrue();
    }
  }

  private BitsProcess serve(String uri) {
    return BitsProcess.start(folder, "serve", "--db", uri, "--port", "0", "--demo");
  }
}
