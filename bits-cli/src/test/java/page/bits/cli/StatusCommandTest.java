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
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import page.bits.db.PeerStatus;
import page.bits.db.Status;
import page.bits.db.UnresolvedAppend;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;

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

  @Test
  void lines_twoProcesses_haveHeadLagTurnAndBuilds() {
    Object read = Edn.read(lines(Map.of()));
    assertThat(read)
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry(Keyword.of("head-position"), 6L)
        .containsEntry(Keyword.of("head-t"), 11L)
        .containsEntry(Keyword.of("applied-position"), 4L)
        .containsEntry(Keyword.of("lag"), 2L)
        .containsEntry(Keyword.of("format-level"), 2L)
        .containsEntry(
            Keyword.of("turn"), Map.of(Keyword.of("holder"), "s-1", Keyword.of("waiting"), "1"))
        .containsEntry(
            Keyword.of("peers"),
            List.of(process("p-1", 7, "0.1.0", 5), process("p-2", 8, "0.2.0", 0)));
  }

  private static Map<Keyword, Object> process(String process, long pid, String build, long lag) {
    return Map.of(
        Keyword.of("process"),
        process,
        Keyword.of("host"),
        "host",
        Keyword.of("pid"),
        pid,
        Keyword.of("build"),
        build,
        Keyword.of("format-level"),
        2L,
        Keyword.of("role"),
        "peer",
        Keyword.of("beat-age-ms"),
        900L,
        Keyword.of("lag"),
        lag);
  }

  private static PeerStatus peer(
      String process,
      long pid,
      String build,
      long position,
      Map<String, UnresolvedAppend> unresolved) {
    return new PeerStatus(
        process,
        "host",
        pid,
        build,
        2,
        "peer",
        3,
        Duration.ofMillis(900),
        Map.of("db-1", position),
        unresolved);
  }

  private static String lines(Map<String, UnresolvedAppend> unresolved) {
    String lines =
        StatusCommand.lines(
            new Status(
                "bits:mem:x",
                "db-1",
                6,
                11,
                4,
                9,
                "",
                2,
                "",
                Map.of("holder", "s-1", "waiting", "1"),
                List.of(),
                List.of(
                    peer("p-1", 7, "0.1.0", 1, unresolved), peer("p-2", 8, "0.2.0", 6, Map.of())),
                Map.of()));
    assertThat(Edn.read(lines)).isInstanceOf(Map.class);
    return lines;
  }
}
