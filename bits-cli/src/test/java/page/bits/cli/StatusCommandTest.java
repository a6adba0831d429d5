/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import page.bits.db.PeerStatus;
import page.bits.db.Status;
import page.bits.db.UnresolvedAppend;
import page.bits.edn.Edn;

final class StatusCommandTest {
  private static final UnresolvedAppend APPEND =
      new UnresolvedAppend(
          7, Instant.ofEpochMilli(1_700_000_000_000L), List.of(new UUID(1, 2), new UUID(3, 4)));

  @Test
  void lines_appendInDoubt_isNamedWithItsProcess() {
    assertThat(lines(Map.of("db-1", APPEND)))
        .containsOnlyOnce(
            ":unresolved [{:process \"p-1\", :position 7, :since #inst"
                + " \"2023-11-14T22:13:20.000Z\", :submissions"
                + " [#uuid \"00000000-0000-0001-0000-000000000002\""
                + " #uuid \"00000000-0000-0003-0000-000000000004\"]}]");
  }

  @Test
  void lines_nothingInDoubtInThisDatabase_isEmpty() {
    assertThat(lines(Map.of("another", APPEND))).contains(":unresolved []");
  }

  private static String lines(Map<String, UnresolvedAppend> unresolved) {
    var peer =
        new PeerStatus(
            "p-1", "host", 1, "build", 2, "peer", 3, Duration.ZERO, Map.of("db-1", 6L), unresolved);
    String lines =
        StatusCommand.lines(
            new Status(
                "bits:mem:x",
                "db-1",
                6,
                1,
                6,
                1,
                "",
                2,
                "",
                Map.of(),
                List.of(),
                List.of(peer),
                Map.of()));
    assertThat(Edn.read(lines)).isInstanceOf(Map.class);
    return lines;
  }
}
