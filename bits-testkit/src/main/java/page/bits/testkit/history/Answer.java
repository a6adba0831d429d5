/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.util.List;
import java.util.Optional;

/// What a client was told, as words. `basis` is the basis-t of the peer's `db()` right after.
public sealed interface Answer {
  /// The transaction is in the log at t.
  record Committed(long t, long basis) implements Answer {}

  /// It was refused with this code; `found` is the value that the refusal names: of a cell, of a
  /// balance, or the entity that holds a badge.
  record Refused(String code, long found, long basis) implements Answer {}

  /// It was not committed and never will be; nothing is said of any value.
  record Failed(String code, long basis) implements Answer {}

  /// Nobody knows.
  record Unknown(String code, long basis) implements Answer {}

  /// A read: the value's t (its basis, or that of its as-of) and the state of what was read.
  record Seen(long at, long state, long basis) implements Answer {}

  /// A read that failed; nothing follows from it.
  record Unread(String code, long basis) implements Answer {}

  /// An outcome: committed at t, or 0 for absent, or -1 for not known.
  record Told(long t, long basis) implements Answer {}

  long basis();

  /// The word by which results are counted.
  default String word() {
    return switch (this) {
      case Committed _, Seen _, Told _ -> "ok";
      case Refused _ -> "refused";
      case Failed _, Unread _ -> "failed";
      case Unknown _ -> "unknown";
    };
  }

  default String text() {
    return switch (this) {
      case Committed(long t, long basis) -> "ok " + basis + " " + t;
      case Refused(String code, long found, long basis) ->
          "refused " + basis + " " + code + " " + found;
      case Failed(String code, long basis) -> "failed " + basis + " " + code;
      case Unknown(String code, long basis) -> "unknown " + basis + " " + code;
      case Seen(long at, long state, long basis) -> "seen " + basis + " " + at + " " + state;
      case Unread(String code, long basis) -> "unread " + basis + " " + code;
      case Told(long t, long basis) -> "told " + basis + " " + t;
    };
  }

  /// Reads words; empty when they are not an answer.
  static Optional<Answer> parse(List<String> words) {
    try {
      long basis = Long.parseLong(words.get(1));
      return switch (words.getFirst()) {
        case "ok" -> Optional.of(new Committed(Long.parseLong(words.get(2)), basis));
        case "refused" ->
            Optional.of(new Refused(words.get(2), Long.parseLong(words.get(3)), basis));
        case "failed" -> Optional.of(new Failed(words.get(2), basis));
        case "unknown" -> Optional.of(new Unknown(words.get(2), basis));
        case "seen" ->
            Optional.of(
                new Seen(Long.parseLong(words.get(2)), Long.parseLong(words.get(3)), basis));
        case "unread" -> Optional.of(new Unread(words.get(2), basis));
        case "told" -> Optional.of(new Told(Long.parseLong(words.get(2)), basis));
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException | IndexOutOfBoundsException _) { // a line that was torn
      return Optional.empty();
    }
  }
}
