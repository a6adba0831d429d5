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
import java.util.concurrent.ConcurrentHashMap;
import page.bits.db.DbError;
import page.bits.error.BitsException;

/// What a peer knows of its own submissions, for [page.bits.db.Connection#outcome(UUID)].
/// Thread-safe.
///
/// It counts those that may still come into the log, of which the committer's queue limits the
/// number, and remembers the latest that ended. Two submissions may have one id: once committed, an
/// id stays so, whatever becomes of the other.
final class Outcomes {
  private static final int REMEMBERED_MAX = 10_000;

  sealed interface Remembered {
    record Pending() implements Remembered {}

    record CommittedAt(long t) implements Remembered {}

    record RefusedFor(BitsException reason) implements Remembered {}
  }

  private final Map<UUID, Integer> pending = new ConcurrentHashMap<>();
  private final Map<UUID, Remembered> ended =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Remembered> eldest) {
              return size() > REMEMBERED_MAX;
            }
          });

  /// A submission of this id is on its way; exactly one of the other calls ends that.
  void pending(UUID submissionId) {
    pending.merge(submissionId, 1, Integer::sum);
  }

  /// It ended without coming into the log or being refused: too late, too many, closed.
  void dropped(UUID submissionId) {
    pending.computeIfPresent(submissionId, (_, count) -> count == 1 ? null : count - 1);
  }

  void committed(UUID submissionId, long t) {
    ended.put(submissionId, new Remembered.CommittedAt(t));
    dropped(submissionId);
  }

  void refused(UUID submissionId, BitsException reason) {
    if (!reason.is(DbError.TX_ID_REUSED)) { // that says that the id was committed
      ended.compute(
          submissionId,
          (_, before) ->
              before instanceof Remembered.CommittedAt
                  ? before
                  : new Remembered.RefusedFor(reason));
    }
    dropped(submissionId);
  }

  Optional<Remembered> of(UUID submissionId) {
    boolean isPending = pending.containsKey(submissionId); // before the end, which is told first
    Remembered end = ended.get(submissionId);
    return isPending && !(end instanceof Remembered.CommittedAt)
        ? Optional.of(new Remembered.Pending())
        : Optional.ofNullable(end);
  }
}
