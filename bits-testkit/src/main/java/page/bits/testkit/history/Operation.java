/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One operation of one client: what was asked, and what came of it.
///
/// `tag` stands in the transaction's own data and ties a record of the log to the operations that
/// submitted it: more than one when it was repeated under its `id`. `basisBefore` is the basis-t of
/// the peer's `db()` before it was asked. Without an answer, the process ended first.
public record Operation(
    String client,
    long number,
    Request request,
    long tag,
    @Nullable UUID id,
    long askedNanos,
    long basisBefore,
    long answeredNanos,
    @Nullable Answer answer) {
  /// The basis after the answer; that before when there was none.
  public long basisAfter() {
    return answer == null ? basisBefore : answer.basis();
  }

  @Override
  public String toString() {
    return client
        + " #"
        + number
        + " ["
        + request.text()
        + "] tag "
        + tag
        + (id == null ? "" : " id " + id)
        + " asked at "
        + askedNanos
        + " on "
        + basisBefore
        + (answer == null
            ? ", no answer"
            : ", answered at " + answeredNanos + ": " + answer.text());
  }
}
