/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import page.bits.db.TxReport;
import page.bits.db.internal.peer.PreparedEntry.Judgement;
import page.bits.error.BitsException;

/// Tells those who submitted what became of it. Confined to the committing thread.
final class Answers {
  private static final long RETRY_NANOS = 2_000_000;

  private final Peer peer;
  private final SubmissionQueue queue;

  Answers(Peer peer, SubmissionQueue queue) {
    this.peer = peer;
    this.queue = queue;
  }

  /// Answers all that was judged in an entry; `applied` is that entry in the log, null where there
  /// was nothing to append.
  void give(PreparedEntry judged, @Nullable AppliedEntry applied) {
    var withFutures = new ArrayList<Submission>();
    for (Judgement judgement : judged.judgements()) {
      Submission submission = judgement.submission();
      switch (judgement) {
        case Judgement.Accepted accepted -> {
          if (applied != null) {
            TxReport report = applied.report(accepted.recordIndex());
            peer.outcomes().committed(submission.submissionId(), report.t());
            submission.succeed(report);
            if (submission.hasFuture()) {
              withFutures.add(submission);
            }
          }
        }
        case Judgement.Repeated repeated -> {
          peer.outcomes().committed(submission.submissionId(), repeated.t());
          repeated(submission, repeated.t());
        }
        case Judgement.Refused refused -> {
          peer.outcomes().refused(submission.submissionId(), refused.reason());
          submission.fail(refused.reason());
        }
      }
    }
    if (!withFutures.isEmpty()) {
      peer.world().start(() -> withFutures.forEach(Submission::tellDependents));
    }
  }

  /// The first report is fetched from the log, which may be far away or not there for a while: not
  /// on this thread, and until the deadline.
  private void repeated(Submission submission, long t) {
    peer.world()
        .start(
            () -> {
              try {
                submission.succeed(fetch(submission, t));
                submission.tellDependents();
              } catch (BitsException e) {
                submission.fail(e);
              } catch (RuntimeException e) {
                submission.fail(PeerErrors.internal(e));
              }
            });
  }

  private TxReport fetch(Submission submission, long t) {
    while (true) {
      try {
        return peer.reportOf(t);
      } catch (BitsException e) {
        if (Peer.isFatal(e)) {
          throw e;
        }
        boolean isOver = submission.isAnswered() || submission.isExpired(peer.world().nanos());
        if (isOver || !queue.pause(RETRY_NANOS)) {
          throw PeerErrors.outcomeUnknown(submission.submissionId()); // it is in the log
        }
      }
    }
  }

  /// An append whose end is not known here. What was refused beside it is not in the log, but was
  /// not proved to be refused either: it ends for the reason that the append did.
  void unknown(Append append, BitsException reason) {
    for (Judgement judgement : append.prepared().judgements()) {
      switch (judgement) {
        case Judgement.Accepted accepted -> accepted.submission().timeOut();
        case Judgement.Repeated _, Judgement.Refused _ -> drop(judgement.submission(), reason);
      }
    }
  }

  /// No more than a word to the late, if its caller called it off before.
  void callOff(Submission submission) {
    peer.outcomes().dropped(submission.submissionId());
    submission.timeOut();
  }

  /// It is refused for a reason that no read of the log can change.
  void refuse(Submission submission, BitsException reason) {
    peer.outcomes().refused(submission.submissionId(), reason);
    submission.fail(reason);
  }

  /// Ends a submission that is not in the log and will not be.
  void drop(Submission submission, BitsException reason) {
    peer.outcomes().dropped(submission.submissionId());
    submission.fail(reason);
  }
}
