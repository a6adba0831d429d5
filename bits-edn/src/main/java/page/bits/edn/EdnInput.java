/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import java.io.IOException;
import java.io.Reader;

/// The chars of a text, one after the other, with the place of the next one. Confined to one
/// thread.
///
/// A line ends with `\n`, `\r` or both; a column is a code point. Every char is read once.
final class EdnInput {
  static final int END = -1;
  static final int BUFFER_CHARS = 8_192;

  private final Reader reader;
  private final char[] buffer;
  private int next;
  private int filled;
  private long line = 1;
  private long column = 1;
  private char last;
  private long formCharsMax = Long.MAX_VALUE;
  private long formCharsLeft = Long.MAX_VALUE;

  EdnInput(Reader reader, int bufferChars) {
    this.reader = reader;
    // Two at least, for peekSecond.
    this.buffer = new char[Math.clamp(bufferChars, 2, BUFFER_CHARS)];
  }

  EdnPosition position() {
    return new EdnPosition(line, column);
  }

  long line() {
    return line;
  }

  long column() {
    return column;
  }

  /// From here on at most so many chars, until the next call.
  void allow(long chars) {
    formCharsMax = chars;
    formCharsLeft = chars;
  }

  /// Passes `mark` if it is next, without counting it as a column.
  void skipFirst(char mark) {
    if (peek() == mark) {
      next++;
    }
  }

  /// The next char, or [#END], without passing it.
  int peek() {
    return next < filled || fill() ? buffer[next] : END;
  }

  /// The char after the next one, or [#END].
  int peekSecond() {
    if (peek() == END) {
      return END;
    }
    return next + 1 < filled || fill() ? buffer[next + 1] : END;
  }

  /// Passes the next char and returns it, or [#END].
  int next() {
    if (next == filled && !fill()) {
      return END;
    }
    if (--formCharsLeft < 0) {
      throw EdnErrors.formTooLarge(position(), formCharsMax);
    }
    char c = buffer[next++];
    advance(c);
    return c;
  }

  private void advance(char c) {
    if (c == '\n' || c == '\r') {
      line += c == '\n' && last == '\r' ? 0 : 1;
      column = 1;
    } else if (!(Character.isLowSurrogate(c) && Character.isHighSurrogate(last))) {
      column++;
    }
    last = c;
  }

  /// Keeps what was not passed, at most one char, and reads more behind it.
  private boolean fill() {
    int kept = filled - next;
    System.arraycopy(buffer, next, buffer, 0, kept);
    next = 0;
    filled = kept;
    try {
      int count = 0;
      while (count == 0) {
        count = reader.read(buffer, kept, buffer.length - kept);
      }
      filled += Math.max(count, 0);
      return count > 0;
    } catch (IOException e) {
      throw EdnErrors.readFailed(position(), e);
    }
  }
}
