/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.error;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The root of every error that Bits throws, unchecked: a code, a category, a constant sentence,
/// and data.
///
/// The message is the code, the sentence and the data, without values that may be personal. Callers
/// meet it unwrapped: nobody has to walk a chain of causes to find the code. Every code stands in
/// the [ErrorCode] of its area; `docs/reference/mistakes.md` shows how errors look when they are
/// printed.
public final class BitsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final ErrorCategory category;
  private final String sentence;
  private final transient ErrorData data;

  public BitsException(ErrorCode code, String sentence, ErrorData data) {
    this(code, sentence, data, null);
  }

  /// An error with what caused it; `cause` is kept for debugging and never holds the code.
  public BitsException(ErrorCode code, String sentence, ErrorData data, @Nullable Throwable cause) {
    super(code.code() + " " + sentence + data.shown(), cause);
    this.code = code.code();
    this.category = code.category();
    this.sentence = sentence;
    this.data = Objects.requireNonNull(data);
  }

  /// The text of the error's keyword, with its colon: `:db.error/unique-conflict`.
  public String code() {
    return code;
  }

  /// Says whether the same request can succeed later.
  public ErrorCategory category() {
    return category;
  }

  /// The constant sentence of the code, without data.
  public String sentence() {
    return sentence;
  }

  /// The data, in order; keys without a colon. May hold personal values.
  public Map<String, @Nullable Object> data() {
    return data.values();
  }

  /// Whether this is that error.
  public boolean is(ErrorCode other) {
    return code.equals(other.code());
  }
}
