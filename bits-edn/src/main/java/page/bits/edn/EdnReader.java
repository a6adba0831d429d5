/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import page.bits.error.BitsException;

/// Reads top-level forms from a [Reader], one at a time, with the place where each begins.
///
/// Holds one form and one buffer in memory, however long the text is. Confined to one thread.
/// Errors are `:edn.error/*` with `:line` and `:column`; after one the reader cannot go on and
/// throws the same again.
public final class EdnReader implements AutoCloseable {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Reader source;
  private final EdnInput in;
  private final EdnParser parser;
  private boolean begun;
  private @Nullable BitsException failure;

  /// A reader with [EdnLimits#DEFAULT].
  public EdnReader(Reader source) {
    this(source, EdnLimits.DEFAULT);
  }

  public EdnReader(Reader source, EdnLimits limits) {
    this(source, limits, EdnInput.BUFFER_CHARS);
  }

  private EdnReader(Reader source, EdnLimits limits, int bufferChars) {
    this.source = source;
    this.in = new EdnInput(source, bufferChars);
    this.parser = new EdnParser(in, limits);
  }

  static EdnReader of(String text, EdnLimits limits) {
    return new EdnReader(new StringReader(text), limits, text.length());
  }

  /// The next form, or empty at the end of the text.
  public Optional<EdnForm> next() {
    if (failure != null) {
      throw failure;
    }
    try {
      skipMark();
      return Optional.ofNullable(parser.topLevel());
    } catch (BitsException e) {
      failure = e;
      throw e;
    }
  }

  private void skipMark() {
    if (!begun) {
      begun = true;
      in.skipFirst(BYTE_ORDER_MARK);
    }
  }

  /// The place of the next char, for errors of who called.
  EdnPosition position() {
    return in.position();
  }

  /// Closes the source.
  @Override
  public void close() {
    try {
      source.close();
    } catch (IOException e) {
      throw EdnErrors.readFailed(in.position(), e);
    }
  }
}
