/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import page.bits.testkit.process.Children;
import page.bits.testkit.process.Lines;

/// A JVM of our own with this test's class path. Its lines on stdout are gathered; stderr goes to
/// ours.
final class Jvm implements AutoCloseable {
  private final Process process;
  private final Lines lines;

  private Jvm(Process process) {
    this.process = process;
    this.lines = Lines.out(process);
  }

  static Jvm start(String... arguments) {
    return start(List.of("-Xmx512m"), arguments);
  }

  static Jvm start(List<String> options, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Worker.class.getName()));
    command.addAll(List.of(arguments));
    try {
      return new Jvm(
          Children.add(
              new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// The lines printed so far.
  List<String> lines() {
    return lines.soFar();
  }

  /// Waits until a line begins with `prefix` and answers it.
  String await(String prefix, Duration atMost) throws InterruptedException {
    return lines
        .await(prefix, atMost)
        .orElseThrow(
            () ->
                new AssertionError(
                    "no line '" + prefix + "…' from " + process.pid() + ": " + lines()));
  }

  /// Waits until that many lines begin with `prefix`.
  void awaitCount(String prefix, int count, Duration atMost) throws InterruptedException {
    if (!lines.awaitCount(line -> line.startsWith(prefix), count, atMost)) {
      throw new AssertionError("fewer than " + count + " lines '" + prefix + "…'");
    }
  }

  /// Waits for a clean end.
  void awaitEnd(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("process " + process.pid() + " does not end: " + lines());
    }
    var _ = lines.awaitAll();
    if (process.exitValue() != 0) {
      throw new AssertionError("exit code " + process.exitValue() + ": " + lines());
    }
  }

  /// Ends the input of the process, which most take for the word to close.
  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  /// Sends a signal, such as `STOP`.
  void signal(String name) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("kill -" + name + " failed");
    }
  }

  /// SIGKILL, and everything that it had printed before.
  List<String> killNine() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
    return lines.awaitAll();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /// A folder that goes when the JVM ends.
  static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("bits-e2e");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
