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
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;
import page.bits.testkit.Await;
import page.bits.testkit.process.Children;
import page.bits.testkit.process.Lines;

/// The verbs from processes of their own, on a database that `bits serve` has open.
@Execution(ExecutionMode.CONCURRENT)
final class CliTest {
  enum Kind {
    SQLITE,
    POSTGRESQL
  }

  @TempDir private static Path folder;
  private static Postgres postgres;

  @BeforeAll
  static void startPostgres() {
    postgres = Postgres.start(folder);
  }

  @AfterAll
  static void stopPostgres() {
    postgres.close();
  }

  private static String newDatabase(Kind kind) {
    return switch (kind) {
      case SQLITE -> "bits:sqlite:" + folder.resolve("cli-" + System.nanoTime() + ".db");
      case POSTGRESQL -> postgres.uri(postgres.newDatabase());
    };
  }

  @ParameterizedTest
  @EnumSource
  void verbs_databaseServedByAnotherProcess_seeOneAnother(Kind kind) {
    String db = newDatabase(kind);
    try (var server = BitsProcess.start(folder, "serve", "--db", db, "--port", "0", "--demo")) {
      Http.awaitOk(server.address() + "/-/health");
      try (var reports = BitsProcess.start(folder, "reports", "--db", db, "--after", "0")) {
        String report = transact(db, Mistakes.SCHEMA);
        String name = "[:find [?n ...] :where [_ :person/name ?n]]";
        assertThat(q(db, name)).isEqualTo("[\"Ada\"\n \"Charles\"]\n");
        assertThat(q(db, name)).as("byte for byte").isEqualTo(q(db, name));
        String pull = "[:person/name :person/age {:person/friend [:person/name]}]";
        assertThat(
                BitsProcess.run(folder, "pull", "--db", db, pull, "[:person/name \"Ada\"]").done())
            .isEqualTo("{:person/name \"Ada\", :person/age 36}\n");
        String last = report.lines().toList().getLast();
        reports.awaitOut(last::equals, 1);
        Map<?, ?> status = map(status(db));
        assertThat(status.get(Keyword.of("lag"))).isEqualTo(0L);
        assertThat(status.get(Keyword.of("unresolved"))).isEqualTo(List.of());
        assertThat(status.get(Keyword.of("turn"))).isInstanceOf(Map.class);
        Await.until("it is named", () -> pids(map(status(db))).contains(server.pid()));
      }
      assertThat(server.isAlive()).isTrue();
      assertThat(server.stop().exit()).as("SIGTERM").isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void reports_headReadsOneLine_endsQuietly(Kind kind) throws Exception {
    String db = newDatabase(kind);
    transact(db, Mistakes.SCHEMA);
    String command =
        String.join(" ", BitsProcess.command(List.of("reports", "--after", "0")))
            .replace("/*", "/'*'");
    var shell =
        new ProcessBuilder("bash", "-c", "set -o pipefail; " + command + " | head -n 1")
            .directory(folder.toFile());
    shell.environment().put("BITS_DB", db);
    var process = Children.add(shell.start());
    Lines out = Lines.out(process);
    Lines err = Lines.err(process);
    assertThat(out.await("{:cursor ", BitsProcess.PATIENCE)).isPresent();
    transact(db, "[{:person/name \"Dora\"}]");
    transact(db, "[{:person/name \"Emil\"}]");
    transact(db, "[{:person/name \"Fritz\"}]");
    assertThat(process.waitFor()).isZero();
    assertThat(out.awaitAll()).hasSize(1);
    assertThat(err.awaitAll()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void reports_afterCursorWithCount_areTheSameBytesTwice(Kind kind) {
    String db = newDatabase(kind);
    String report = transact(db, Mistakes.SCHEMA).lines().findFirst().orElseThrow();
    String cursor = (String) map(report).get(Keyword.of("cursor"));
    String[] again = {"reports", "--db", db, "--after", String.valueOf(cursor), "--count", "1"};
    String first = BitsProcess.run(folder, again).done();
    assertThat(first.lines()).hasSize(1);
    assertThat(BitsProcess.run(folder, again).done()).isEqualTo(first);
    assertThat(map(first).get(Keyword.of("prev-t"))).isEqualTo(map(report).get(Keyword.of("t")));
  }

  @ParameterizedTest
  @EnumSource
  void transact_sameIdTwice_happensOnce(Kind kind) {
    String db = newDatabase(kind);
    transact(db, Mistakes.SCHEMA);
    String[] command = {
      "transact", "--db", db, "--id", Mistakes.FIRST_ID, "[{:db/id \"x\" :person/name \"Dora\"}]"
    };
    String first = BitsProcess.run(folder, command).done();
    assertThat(BitsProcess.run(folder, command).done()).isEqualTo(first);
    assertThat(q(db, "[:find (count ?e) . :where [?e :person/name \"Dora\"]]")).isEqualTo("1\n");
  }

  @ParameterizedTest
  @EnumSource
  void transact_standardInputAndAsOf_areWhatTheySay(Kind kind) {
    String db = newDatabase(kind);
    String printed =
        BitsProcess.runWithInput(folder, Mistakes.SCHEMA, "transact", "--db", db, "-").done();
    Object t = map(printed.lines().toList().getLast()).get(Keyword.of("t"));
    transact(db, "[[:db/add [:person/name \"Ada\"] :person/age 37]]");
    String age = "[:find ?a . :where [?e :person/name \"Ada\"] [?e :person/age ?a]]";
    assertThat(q(db, age)).isEqualTo("37\n");
    assertThat(BitsProcess.run(folder, "q", "--db", db, "--as-of", String.valueOf(t), age).done())
        .isEqualTo("36\n");
  }

  @Test
  void serveAndReports_controlC_endWith130() {
    String db = newDatabase(Kind.SQLITE);
    try (var server = BitsProcess.start(folder, "serve", "--db", db, "--port", "0", "--demo")) {
      Http.awaitOk(server.address() + "/-/health"); // reports makes no file that is missing
      try (var reports = BitsProcess.start(folder, "reports", "--db", db, "--after", "0")) {
        reports.awaitOut(_ -> true, 1);
        assertThat(reports.interrupt().exit()).isEqualTo(130);
      }
      var stopped = server.interrupt();
      assertThat(stopped.exit()).isEqualTo(130);
      assertThat(stopped.err()).endsWith("Stopped\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void reports_ofAnotherProcess_comeWhileItWrites(Kind kind) {
    String db = newDatabase(kind);
    transact(db, Mistakes.SCHEMA);
    var environment = Map.of("BITS_DB", db);
    try (var reports = BitsProcess.start(folder, environment, List.of("reports", "--after", "0"))) {
      reports.awaitOut(_ -> true, 2);
      String written = transact(db, "[{:person/name \"Dora\"}]").strip();
      reports.awaitOut(written::equals, 1);
      assertThat(reports.stop().exit()).isEqualTo(143);
    }
  }

  private static String transact(String db, String edn) {
    return BitsProcess.run(folder, "transact", "--db", db, edn).done();
  }

  private static String q(String db, String query) {
    return BitsProcess.run(folder, "q", "--db", db, query).done();
  }

  private static String status(String db) {
    return BitsProcess.run(folder, "status", "--db", db).done();
  }

  /// Of the peers that it names, each with all that an operator wants to know.
  private static List<Object> pids(Map<?, ?> status) {
    var peers = (List<?>) Objects.requireNonNull(status.get(Keyword.of("peers")));
    assertThat(peers)
        .allSatisfy(
            peer ->
                assertThat(((Map<?, ?>) peer).keySet())
                    .isEqualTo(
                        Set.of(
                            Keyword.of("process"),
                            Keyword.of("host"),
                            Keyword.of("pid"),
                            Keyword.of("build"),
                            Keyword.of("format-level"),
                            Keyword.of("role"),
                            Keyword.of("beat-age-ms"),
                            Keyword.of("lag"))));
    return peers.stream().<Object>map(peer -> ((Map<?, ?>) peer).get(Keyword.of("pid"))).toList();
  }

  private static Map<?, ?> map(String edn) {
    return (Map<?, ?>) Objects.requireNonNull(Edn.read(edn));
  }
}
