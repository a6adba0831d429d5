/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.conformance.Row;

/// `docs/reference/mistakes.md` shows what is really printed: each mistake is made, and the page
/// has to say the same. `-Dbits.rewrite=true` writes the page.
final class MistakesTest {
  private static final Path PAGE =
      Path.of(System.getProperty("bits.root"), "docs", "reference", "mistakes.md");

  private static final String INTRODUCTION =
      """
      # Mistakes, and what Bits says

      What is printed on standard error for each, and the exit code: 1 refused, 2 usage, 3 storage
      unavailable or deadline. The second part is always one EDN map, so that a script can read
      `:db/error`. A test makes every mistake of this page and compares; ports and what is random in
      other ways are shown as fixed values.

      The commands run in a folder with `people.db`, made by `bits transact --db bits:sqlite:people.db
      -f people.edn`, where `people.edn` is:

      ```clojure
      %s```
      """;

  private static final String DATABASE = "people.db";

  @TempDir private Path folder;
  private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();

  @Row({"RA-30", "RF-20"})
  @Test
  void mistakes_eachOne_printsWhatThePageShows() throws IOException {
    prepare();
    var text = new StringBuilder(INTRODUCTION.formatted(Mistakes.SCHEMA));
    List<Mistake> mistakes = Mistakes.onSqlite();
    List<BitsProcess.Result> results = runAll(mistakes);
    for (int i = 0; i < mistakes.size(); i++) {
      text.append(section(mistakes.get(i), mistakes.get(i).command(), results.get(i)));
    }
    text.append(servers());
    assertThat(unexpected).as("mistakes that are none, and bugs").isEmpty();
    compare(text.toString());
  }

  private void prepare() throws IOException {
    Files.writeString(folder.resolve("people.edn"), Mistakes.SCHEMA);
    String database = "bits:sqlite:" + DATABASE;
    BitsProcess.run(folder, "transact", "--db", database, "-f", "people.edn").done();
    BitsProcess.run(
            folder,
            "transact",
            "--db",
            database,
            "--id",
            Mistakes.FIRST_ID,
            "[{:person/name \"Heinrich\"}]")
        .done();
  }

  /// What each printed, in their order. They are made side by side.
  private List<BitsProcess.Result> runAll(List<Mistake> mistakes) {
    try (var threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      return mistakes.stream()
          .map(mistake -> CompletableFuture.supplyAsync(() -> run(mistake), threads))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .toList();
    }
  }

  /// Makes a mistake in a folder of its own, with a copy of the database.
  private BitsProcess.Result run(Mistake mistake) {
    try {
      Path own = Files.createTempDirectory(folder, "own");
      Files.copy(folder.resolve(DATABASE), own.resolve(DATABASE));
      for (Mistake.SampleFile file : mistake.files()) {
        Files.writeString(own.resolve(file.name()), file.text());
      }
      var result = BitsProcess.run(own, mistake.arguments().toArray(String[]::new));
      if (result.exit() < 1 || result.exit() > 3 || result.err().contains("\tat ")) {
        unexpected.add(mistake.title() + " printed " + result);
      }
      return new BitsProcess.Result(
          result.exit(), result.out(), result.err().replace(own.toString(), "/home/ada/people"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Mistakes that need something that listens; their ports are shown as the usual ones.
  private String servers() throws IOException {
    var text = new StringBuilder();
    try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      text.append(
          normalised(
              Mistake.of(
                  "A port that is in use",
                  "serve",
                  "--db",
                  "bits:sqlite:people.db",
                  "--port",
                  String.valueOf(busy.getLocalPort())),
              busy.getLocalPort(),
              8080));
    }
    text.append(
        normalised(
            Mistake.of("PostgreSQL is away", "status", "--db", postgres(1, "people")), 1, 5432));
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      int port = silent.getLocalPort();
      text.append(
          normalised(
              Mistake.of("A server that never answers", "status", "--db", postgres(port, "people")),
              port,
              5432));
    }
    try (var server = Postgres.start(folder)) {
      int port = server.port();
      String wrong = server.uri("postgres", "wrong-password").replace("&create=true", "");
      text.append(normalised(Mistake.of("A wrong password", "status", "--db", wrong), port, 5432));
      String none = server.uri("nowhere").replace("&create=true", "");
      text.append(
          normalised(
              Mistake.of("A PostgreSQL database that does not exist", "status", "--db", none),
              port,
              5432));
      String empty = server.uri(server.newDatabase()).replace("&create=true", "");
      text.append(
          normalised(
              Mistake.of("A database that was never made", "status", "--db", empty), port, 5432));
    }
    return text.toString();
  }

  private static String postgres(int port, String database) {
    return "bits:postgresql://127.0.0.1:" + port + "/" + database + "?user=bits";
  }

  private String normalised(Mistake mistake, int port, int shown) {
    var result = run(mistake);
    assertThat(result.err()).as("no password in what is printed").doesNotContain("-password");
    String portShown = "(?<=[: ])" + port + "\\b";
    String command = mistake.command().replaceAll(portShown, String.valueOf(shown));
    var plain =
        new BitsProcess.Result(
            result.exit(), result.out(), result.err().replaceAll(portShown, String.valueOf(shown)));
    return section(mistake, command, plain);
  }

  private static String section(Mistake mistake, String command, BitsProcess.Result result) {
    long reports = result.out().lines().filter(line -> line.startsWith("{:cursor ")).count();
    assertThat(result.out().lines()).as("only reports: " + mistake.title()).hasSize((int) reports);
    var text = new StringBuilder("\n## ").append(mistake.title()).append("\n\n");
    for (Mistake.SampleFile file : mistake.files()) {
      text.append("`")
          .append(file.name())
          .append("`:\n\n```\n")
          .append(file.text())
          .append("```\n\n");
    }
    return text.append("```console\n$ ")
        .append(command)
        .append('\n')
        .append(result.err())
        .append("```\n\nExit code ")
        .append(result.exit())
        .append(reports == 0 ? ".\n" : "; reports printed before it: " + reports + ".\n")
        .toString();
  }

  private static void compare(String printed) throws IOException {
    if (Boolean.getBoolean("bits.rewrite")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, printed);
    }
    List<String> now = sections(printed);
    assertThat(now).hasSizeGreaterThan(20);
    var page = sections(Files.exists(PAGE) ? Files.readString(PAGE) : "");
    assertThat(now.stream().filter(section -> !page.contains(section)).toList())
        .as("sections that the page does not show so; after a look: -Dbits.rewrite=true")
        .isEmpty();
    assertThat(page).as("sections of the page").hasSameSizeAs(now);
  }

  private static List<String> sections(String page) {
    return new ArrayList<>(List.of(page.split("(?m)^(?=## )", -1)));
  }
}
