/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;

/// All of the HTTP face works with curl alone: `scripts/curl-demo` against two processes.
final class CurlTest {
  @TempDir private Path folder;

  @Test
  void curl_pageStreamPostAndCursors_onTwoNodes() {
    String db = "bits:sqlite:" + folder.resolve("two.db");
    try (var one = serve(db);
        var two = serve(db)) {
      Http.awaitOk(one.address() + "/-/health");
      Http.awaitOk(two.address() + "/-/health");
      Path script = Path.of(System.getProperty("bits.root"), "scripts", "curl-demo");
      var command = List.of(script.toString(), one.address(), two.address(), oldest(db));
      try (var curl = BitsProcess.startProgram(folder, Map.of(), command)) {
        assertThat(curl.result().done()).contains("gzip    the same frame").contains("409");
      }
    }
  }

  private BitsProcess serve(String db) {
    return BitsProcess.start(folder, "serve", "--db", db, "--port", "0", "--demo");
  }

  /// The cursor of the first transaction that there ever was.
  private String oldest(String db) {
    String line =
        BitsProcess.run(folder, "reports", "--db", db, "--after", "0", "--count", "1").done();
    Map<?, ?> report = (Map<?, ?>) Objects.requireNonNull(Edn.read(line));
    return String.valueOf(report.get(Keyword.of("cursor")));
  }
}
