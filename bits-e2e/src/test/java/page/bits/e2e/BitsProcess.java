/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import page.bits.testkit.process.Children;
import page.bits.testkit.process.Lines;

/// A process of the built program, as `./bits` starts it. Closing it kills it.
public final class BitsProcess implements AutoCloseable {
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String MAIN = "page.bits.cli.Main";

  private final Process process;
  private final Lines out;
  private final Lines err;

  private BitsProcess(Process process) {
    this.process = process;
    this.out = Lines.out(process);
    this.err = Lines.err(process);
  }

  /// What a finished command printed, and its exit code.
  public record Result(int exit, String out, String err) {
    /// The output, after checking that the command was done.
    public String done() {
      assertThat(exit).as("exit code; it printed:%n%s%n%s", out, err).isZero();
      return out;
    }
  }

  /// Starts `bits ARG…` in a folder, with nothing of this process's environment that names a
  /// database.
  public static BitsProcess start(Path folder, Map<String, String> environment, List<String> args) {
    return startProgram(folder, environment, command(args));
  }

  /// Starts any command line in the same way.
  public static BitsProcess startProgram(
      Path folder, Map<String, String> environment, List<String> command) {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().remove("BITS_DB");
    builder.environment().put("XDG_DATA_HOME", folder.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(environment);
    try {
      return new BitsProcess(Children.add(builder.start()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static BitsProcess start(Path folder, String... args) {
    return start(folder, Map.of(), List.of(args));
  }

  /// Runs `bits ARG…` to its end.
  public static Result run(Path folder, String... args) {
    try (var process = start(folder, args)) {
      return process.result();
    }
  }

  /// Runs `bits ARG…` to its end with this text as standard input.
  static Result runWithInput(Path folder, String input, String... args) {
    try (var process = start(folder, args)) {
      try (var in = process.process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return process.result();
    }
  }

  /// The command line that starts the built program; for tests that put it into a shell.
  static List<String> command(List<String> args) {
    Path target = Path.of(System.getProperty("bits.cli.target"));
    assertThat(target.resolve("lib"))
        .as("the built program; run the whole reactor with: mvn package")
        .isDirectory();
    return java(jar(target) + File.pathSeparator + target.resolve("lib") + "/*", MAIN, args);
  }

  /// The command line that runs a class on a class path, as small as a test wants it.
  public static List<String> java(String classPath, String main, List<String> args) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                classPath,
                main));
    command.addAll(args);
    return command;
  }

  private static Path jar(Path target) {
    try (var files = Files.newDirectoryStream(target, "bits-cli-*.jar")) {
      return files.iterator().next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits until that many lines on stdout fit, and answers the first.
  public String awaitOut(Predicate<String> fits, int count) {
    return awaited(out, fits, count);
  }

  /// The same on stderr, for one line.
  public String awaitErr(Predicate<String> fits) {
    return awaited(err, fits, 1);
  }

  private String awaited(Lines lines, Predicate<String> fits, int count) {
    try {
      if (lines.awaitCount(fits, count, PATIENCE)) {
        return lines.first(fits).orElseThrow();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    throw new AssertionError(
        "what is awaited never came; it printed " + out.soFar() + " and " + err.soFar());
  }

  private static AssertionError interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new AssertionError("interrupted while waiting for a process", e);
  }

  /// The address that `bits serve` prints once it listens, without the last slash.
  public String address() {
    String line = awaitOut(text -> text.startsWith("http://"), 1);
    return line.substring(0, line.length() - 1);
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// Waits for the end.
  public Result result() {
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as("the process ends; so far it printed %s and %s", out.soFar(), err.soFar())
          .isTrue();
      return new Result(process.exitValue(), text(out.awaitAll()), text(err.awaitAll()));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static String text(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /// SIGTERM, and waits for the end.
  public Result stop() {
    process.destroy();
    return result();
  }

  /// SIGINT, as Ctrl-C sends it, and waits for the end.
  Result interrupt() {
    signal("INT");
    return result();
  }

  /// Sends a signal, such as STOP.
  public void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while sending a signal", e);
    }
  }

  /// SIGKILL (`kill -9`), and waits for the end.
  public void kill() {
    process.destroyForcibly();
    result();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
