/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The lines of a process's output so far, read by a thread of its own; others wait for a line.
/// Thread-safe.
public final class Lines {
  private final List<String> lines = new ArrayList<>();
  private final Thread reader;
  private boolean ended;

  Lines(InputStream from, String name) {
    reader = Thread.ofVirtual().name(name).start(() -> readAll(from));
  }

  private void readAll(InputStream from) {
    try (var text = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        add(line);
      }
    } catch (IOException _) { // the process was killed: what came until then is all there is
    } finally {
      end();
    }
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  /// The first line that fits; an error that shows all lines when none came in time or the output
  /// ended.
  public synchronized String await(Predicate<String> fits, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    int seen = 0;
    try {
      while (true) {
        for (; seen < lines.size(); seen++) {
          if (fits.test(lines.get(seen))) {
            return lines.get(seen);
          }
        }
        long left = (end - System.nanoTime()) / 1_000_000;
        if (ended || left <= 0) {
          throw new AssertionError("the awaited line never came; there was: " + lines);
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for output", e);
    }
  }

  /// Waits until there are that many lines, and answers them all.
  public synchronized List<String> awaitCount(int count, Duration atMost) {
    await(_ -> lines.size() >= count, atMost);
    return List.copyOf(lines);
  }

  /// Waits for the end of the output, and answers everything.
  public List<String> all() {
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for output", e);
    }
    return sofar();
  }

  public synchronized List<String> sofar() {
    return List.copyOf(lines);
  }
}
