/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.testkit.Await;

/// The script `./bits` in a checkout of its own, whose Maven is a small script: it waits until the
/// test says so, then puts the class path of this build in its place.
final class ScriptTest {
  private static final List<String> TOOLS =
      List.of(
          "awk",
          "bash",
          "cat",
          "chmod",
          "cp",
          "env",
          "find",
          "flock",
          "grep",
          "head",
          "id",
          "ln",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sh",
          "sleep",
          "tail",
          "touch",
          "tr");

  @TempDir private Path folder;
  private Path checkout;
  private Path programs;

  @BeforeEach
  void prepare() throws IOException {
    checkout = Files.createDirectories(folder.resolve("check out"));
    programs = Files.createDirectories(folder.resolve("programs"));
    Files.copy(root().resolve("bits"), checkout.resolve("bits"));
    assertThat(checkout.resolve("bits").toFile().setExecutable(true)).isTrue();
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    Files.createDirectories(checkout.resolve(".mvn"));
    Files.createDirectories(checkout.resolve("bits-cli/src/main"));
    for (String tool : TOOLS) {
      program(tool, "exec " + find(tool) + " \"$@\"");
    }
    program("npm", "exit 0");
  }

  @Test
  void start_mavenMissing_saysWhatToInstall() throws IOException {
    try (var bits = start("status")) {
      var result = bits.result();
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err())
          .contains("Maven 3.8.7 or newer is missing")
          .contains("apt-get install");
    }
  }

  @Test
  void start_mavenTooOld_saysWhichOneItIs() throws IOException {
    program("mvn", "echo 'Apache Maven 3.6.3 (abc)'");
    try (var bits = start("status")) {
      assertThat(bits.result().err()).contains("this is Maven 3.6.3");
    }
  }

  @Test
  void start_npmMissing_saysWhatToInstall() throws IOException {
    program("mvn", "echo 'Apache Maven 3.9.11 (abc)'");
    Files.delete(programs.resolve("npm"));
    try (var bits = start("status")) {
      assertThat(bits.result().err()).contains("npm is missing");
    }
  }

  @Test
  void start_twiceAtOnce_buildsOnceAndTheSecondWaits() throws IOException {
    maven();
    try (var first = start("--version")) {
      Await.until("the build began", () -> Files.exists(folder.resolve("builds")));
      try (var second = start("--version")) {
        second.awaitErr(line -> line.contains("another start is building"));
        Files.createFile(folder.resolve("go"));
        assertThat(first.result().done()).startsWith("bits ");
        assertThat(second.result().done()).startsWith("bits ");
      }
    }
    assertThat(Files.readAllLines(folder.resolve("builds"))).hasSize(1);
  }

  @Test
  void start_nothingChanged_buildsNothing_andAChangeBuildsAgain() throws IOException {
    maven();
    Files.createFile(folder.resolve("go"));
    assertThat(run("--version").done()).startsWith("bits ");
    assertThat(run("--version").err()).isEmpty();
    assertThat(Files.readAllLines(folder.resolve("builds"))).hasSize(1);
    Path source = checkout.resolve("bits-cli/src/main/New.java");
    Files.writeString(source, "");
    assertThat(run("--version").err()).contains("built in");
    assertThat(Files.readAllLines(folder.resolve("builds"))).hasSize(2);
    Files.delete(source);
    assertThat(run("--version").err()).as("a deletion is a change").contains("built in");
  }

  @Test
  void start_throughASymbolicLinkFromElsewhere_passesExitCodesOn() throws IOException {
    maven();
    Files.createFile(folder.resolve("go"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("check out/bits"));
    try (var bits =
        BitsProcess.startProgram(programs, environment(), List.of(link.toString(), "nonsense"))) {
      var result = bits.result();
      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.err()).contains("Unknown verb: 'nonsense'");
    }
  }

  @Test
  void start_buildFails_showsErrorsAndTheLog() throws IOException {
    program(
        "mvn",
        "[ \"$1\" = --version ] && echo 'Apache Maven 3.8.7' && exit; echo '[ERROR] no luck'; exit 7");
    var result = run("status");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("[ERROR] no luck").contains(".bits/build.log");
  }

  @Test
  void start_mavenArguments_arePassedOnOnce() throws IOException {
    maven();
    Files.createFile(folder.resolve("go"));
    run("--version").done();
    assertThat(Files.readString(folder.resolve("builds")))
        .containsOnlyOnce("-Dfrom.maven.args=yes")
        .contains("-pl bits-cli -am")
        .doesNotContain("bits-e2e");
  }

  @Test
  void test_unknownOption_isUsage() throws IOException {
    var result = run("test", "--instal");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("./bits test [--install");
  }

  @Test
  void test_programsMissing_namesTheCommandThatInstallsThem() throws IOException {
    var result = run("test");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("chromium").contains("./bits test --install");
  }

  private void maven() throws IOException {
    String target = System.getProperty("bits.cli.target");
    program(
        "mvn",
        """
        if [ "$1" = --version ]; then echo 'Apache Maven 3.8.7'; exit; fi
        echo "$*" >>'%1$s/builds'
        until [ -e '%1$s/go' ]; do sleep 0.05; done
        mkdir -p bits-cli/target/lib
        cp '%2$s'/bits-cli-*.jar bits-cli/target/
        cp '%2$s'/lib/*.jar bits-cli/target/lib/
        """
            .formatted(folder, target));
  }

  private void program(String name, String text) throws IOException {
    Path file = programs.resolve(name);
    Files.deleteIfExists(file);
    Files.writeString(file, "#!/bin/sh\n" + text + "\n", StandardOpenOption.CREATE_NEW);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private BitsProcess start(String... args) {
    var command = new ArrayList<>(List.of(checkout.resolve("bits").toString()));
    command.addAll(List.of(args));
    return BitsProcess.startProgram(folder, environment(), command);
  }

  private BitsProcess.Result run(String... args) {
    try (var bits = start(args)) {
      return bits.result();
    }
  }

  private Map<String, String> environment() {
    return Map.of(
        "PATH",
        programs.toString(),
        "JAVA_HOME",
        System.getProperty("java.home"),
        "MAVEN_ARGS",
        "-Dfrom.maven.args=yes");
  }

  private static Path find(String tool) {
    return Stream.of(Objects.requireNonNull(System.getenv("PATH")).split(":", -1))
        .map(path -> Path.of(path, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError(tool + " is not on the PATH"));
  }

  private static Path root() {
    return Path.of(System.getProperty("bits.root"));
  }
}
