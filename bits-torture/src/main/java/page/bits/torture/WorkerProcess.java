/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import page.bits.testkit.process.Children;
import page.bits.testkit.process.Lines;

/// A running worker: its process, what it printed, and signals to it. Thread-safe.
final class WorkerProcess {
  private final Process process;
  private final int number;
  private final Lines lines;

  private WorkerProcess(Process process, int number) {
    this.process = process;
    this.number = number;
    this.lines = Lines.out(process);
  }

  /// Starts it; `faults` are what it is to meet from its first moment.
  static WorkerProcess start(
      int number, Faults faults, WorkerJvm jvm, Path errors, List<String> arguments) {
    var command = new ArrayList<>(faults.before());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx400m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1"));
    command.addAll(jvm.options());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Worker.class.getName()));
    command.addAll(arguments);
    var builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    builder.environment().putAll(faults.environment());
    try {
      return new WorkerProcess(Children.add(builder.start()), number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int number() {
    return number;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// What it printed.
  Lines lines() {
    return lines;
  }

  /// The process id of the JVM itself, also under strace; empty until it is ready.
  private Optional<Long> pid() {
    return word("READY ").map(Long::parseLong);
  }

  /// How its sessions name it; empty until it has one.
  Optional<String> sessionProcess() {
    return word("HERE ");
  }

  private Optional<String> word(String after) {
    return lines.first(after).map(line -> line.substring(after.length()));
  }

  void say(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// SIGKILL, to the JVM and to what it runs under; waits for the end.
  void kill() throws InterruptedException {
    pid().flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroyForcibly);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.waitFor();
  }

  /// SIGSTOP and SIGCONT; false when it is not there to get it.
  boolean signal(String signal) throws InterruptedException {
    Optional<Long> pid = pid();
    return pid.isPresent() && Commands.run("kill", "-" + signal, pid.get().toString()) == 0;
  }

  void awaitEnd() throws InterruptedException {
    process.waitFor();
  }
}
