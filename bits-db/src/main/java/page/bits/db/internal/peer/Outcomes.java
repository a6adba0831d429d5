/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import page.bits.error.BitsException;

/// What a peer remembers of its own latest submissions, for
/// [page.bits.db.Connection#outcome(UUID)]. Thread-safe and bounded.
///
/// Committed ones without an id of the caller's are remembered by t; those with one are found in
/// the database for ever.
final class Outcomes {
  private static final int REMEMBERED_MAX = 10_000;

  sealed interface Remembered {
    record Pending() implements Remembered {}

    record CommittedAt(long t) implements Remembered {}

    record RefusedFor(BitsException reason) implements Remembered {}
  }

  private final Map<UUID, Remembered> remembered =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Remembered> eldest) {
              return size() > REMEMBERED_MAX;
            }
          });

  void pending(UUID submissionId) {
    remembered.put(submissionId, new Remembered.Pending());
  }

  void committed(UUID submissionId, long t) {
    remembered.put(submissionId, new Remembered.CommittedAt(t));
  }

  void refused(UUID submissionId, BitsException reason) {
    remembered.put(submissionId, new Remembered.RefusedFor(reason));
  }

  Optional<Remembered> of(UUID submissionId) {
    return Optional.ofNullable(remembered.get(submissionId));
  }
}
