/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The lines that a process prints on one of its outputs, gathered as they come by a thread of its
/// own. Thread-safe.
public final class Lines {
  private final List<String> lines = new ArrayList<>();
  private final Thread reader;
  private boolean hasEnded;

  private Lines(InputStream from, String name) {
    this.reader = Thread.ofVirtual().name(name).start(() -> readAll(from));
  }

  /// What the process prints on stdout.
  public static Lines out(Process process) {
    return new Lines(process.getInputStream(), "out-" + process.pid());
  }

  /// What the process prints on stderr.
  public static Lines err(Process process) {
    return new Lines(process.getErrorStream(), "err-" + process.pid());
  }

  private void readAll(InputStream from) {
    try (var text = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        add(line);
      }
    } catch (IOException _) { // it was killed: what came until then is all there is
    } finally {
      end();
    }
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  private synchronized void end() {
    hasEnded = true;
    notifyAll();
  }

  /// What came so far.
  public synchronized List<String> soFar() {
    return List.copyOf(lines);
  }

  /// The first line so far that begins so.
  public Optional<String> first(String prefix) {
    return first(line -> line.startsWith(prefix));
  }

  /// The first line so far that fits.
  public synchronized Optional<String> first(Predicate<String> fits) {
    return lines.stream().filter(fits).findFirst();
  }

  /// The first line that begins so, once it is there; empty when the output ended without it, or
  /// time is up.
  public Optional<String> await(String prefix, Duration atMost) throws InterruptedException {
    var _ = awaitCount(line -> line.startsWith(prefix), 1, atMost);
    return first(prefix);
  }

  /// Waits until that many lines fit; false when the output ended first, or time is up.
  public synchronized boolean awaitCount(Predicate<String> fits, int count, Duration atMost)
      throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (lines.stream().filter(fits).count() < count) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0 || hasEnded) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /// Waits for the end of the output, and answers all of it.
  public List<String> awaitAll() throws InterruptedException {
    reader.join();
    return soFar();
  }
}
