/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The lines that a process prints on its stdout, gathered as they come. Thread-safe.
public final class Lines {
  private static final long LOOK_MILLIS = 100;

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private final Thread reader;

  private Lines(Process process) {
    this.process = process;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  /// Nobody else may read the output of the process.
  public static Lines of(Process process) {
    return new Lines(process);
  }

  private void read() {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        synchronized (lines) {
          lines.add(line);
          lines.notifyAll();
        }
      }
    } catch (IOException _) { // it was killed: what came until then is all there is
      return;
    }
  }

  /// What came so far.
  public List<String> soFar() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /// The first line so far that begins so.
  public Optional<String> first(String prefix) {
    synchronized (lines) {
      return lines.stream().filter(line -> line.startsWith(prefix)).findFirst();
    }
  }

  /// The first line that begins so, once it is there; empty when the process ended without it, or
  /// time is up.
  public Optional<String> await(String prefix, Duration atMost) throws InterruptedException {
    var _ = awaitCount(prefix, 1, atMost);
    return first(prefix);
  }

  /// Waits until that many lines begin so; false when the process ended first, or time is up.
  public boolean awaitCount(String prefix, int count, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    synchronized (lines) {
      while (lines.stream().filter(line -> line.startsWith(prefix)).count() < count) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0 || (!process.isAlive() && !reader.isAlive())) {
          return false;
        }
        lines.wait(Math.min(left, LOOK_MILLIS));
      }
      return true;
    }
  }

  /// Waits for all that a process which has ended had printed.
  public List<String> awaitAll() throws InterruptedException {
    reader.join();
    return soFar();
  }
}
