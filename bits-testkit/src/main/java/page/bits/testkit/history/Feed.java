/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import page.bits.db.Cursor;

/// What one subscriber saw, line by line; over resumes, also in other processes.
public final class Feed {
  /// A line of a feed.
  public sealed interface Line {
    String text();
  }

  /// Opened right after this cursor.
  public record Opened(Cursor after) implements Line {
    @Override
    public String text() {
      return "+ " + after.t() + " " + HexFormat.of().toHexDigits(after.digest());
    }
  }

  /// A report: its numbers, the hash of its data, the moment that `db()` showed while it was
  /// handled, and its two values.
  public record Delivered(
      long t, long prevT, long digest, long hash, long basis, Value before, Value after)
      implements Line {
    @Override
    public String text() {
      return "%d %d %s %d %d %s %s"
          .formatted(t, prevT, HexFormat.of().toHexDigits(digest), hash, basis, before, after);
    }
  }

  /// A value of a report: its moment, whether the report called both its values exact, and the
  /// state of [Thing#PRESENCE] in it.
  public record Value(long t, boolean isExact, long presence) {
    @Override
    public String toString() {
      return t + (isExact ? " exact " : " view ") + presence;
    }
  }

  /// Everything up to this t, the head as it was asked for at `askedNanos`, was delivered, and the
  /// subscription ended.
  public record Drained(long t, long askedNanos) implements Line {
    @Override
    public String text() {
      return ". " + t + " " + askedNanos;
    }
  }

  /// After all faults it still met errors, this one at last, and gave up.
  public record Stuck(String code) implements Line {
    @Override
    public String text() {
      return "! " + code;
    }
  }

  private Feed() {}

  /// The lines of a file; a torn last one is not there.
  public static Stream<Line> lines(Path path) {
    return WholeLines.of(path).map(Feed::line);
  }

  /// Where to go on after what the file has; empty when it has nothing yet. Takes a torn last line
  /// away.
  public static Optional<Cursor> resume(Path path) {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    WholeLines.mend(path);
    return lines(path).map(Feed::cursor).reduce((_, last) -> last);
  }

  private static Cursor cursor(Line line) {
    return switch (line) {
      case Opened opened -> opened.after();
      case Delivered delivered -> new Cursor(delivered.t(), delivered.digest());
      case Drained _, Stuck _ -> throw new IllegalStateException("ended: " + line);
    };
  }

  private static Line line(String text) {
    List<String> words = List.of(text.split(" ", -1));
    return switch (words.getFirst()) {
      case "+" -> new Opened(new Cursor(number(words, 1), digest(words.get(2))));
      case "." -> new Drained(number(words, 1), number(words, 2));
      case "!" -> new Stuck(words.get(1));
      default ->
          new Delivered(
              number(words, 0),
              number(words, 1),
              digest(words.get(2)),
              number(words, 3),
              number(words, 4),
              value(words, 5),
              value(words, 8));
    };
  }

  private static Value value(List<String> words, int at) {
    return new Value(number(words, at), words.get(at + 1).equals("exact"), number(words, at + 2));
  }

  private static long number(List<String> words, int at) {
    return Long.parseLong(words.get(at));
  }

  private static long digest(String hex) {
    return HexFormat.fromHexDigitsToLong(hex);
  }
}
