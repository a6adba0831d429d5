/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes down the operations of one process, each line as it happens. Thread-safe.
///
/// ```
/// > client number nanos tag id|- basis request…
/// < client number nanos answer…
/// . nanos                                        (the process ended by itself)
/// ```
public final class HistoryWriter implements AutoCloseable {
  private final LineFile file;

  public HistoryWriter(Path path) {
    this.file = new LineFile(path);
  }

  /// Written before it is asked; `nanos` is not after the asking.
  public void asked(
      String client,
      long number,
      long nanos,
      long tag,
      @Nullable UUID id,
      long basis,
      Request request) {
    String name = id == null ? "-" : id.toString();
    file.add(
        "> "
            + client
            + " "
            + number
            + " "
            + nanos
            + " "
            + tag
            + " "
            + name
            + " "
            + basis
            + " "
            + request.text());
  }

  /// Written after the answer; `nanos` is not before it.
  public void answered(String client, long number, long nanos, Answer answer) {
    file.add("< " + client + " " + number + " " + nanos + " " + answer.text());
  }

  /// Every operation was answered: the process ends because it was told to.
  public void ended() {
    file.add(". " + System.nanoTime());
  }

  @Override
  public void close() {
    file.close();
  }
}
