/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import page.bits.db.Outcome;
import page.bits.db.TxReport;
import page.bits.db.internal.index.IndexView;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.log.Entry;
import page.bits.db.internal.schema.Ids;

/// Finds what became of a submission of any peer, before any number of restarts. Stateless.
///
/// A submission with an id of its caller's is found in the index. Any other says by its id after
/// which t it was made: from there the log is read, one chunk at a time, until the transaction is
/// found, which is usually soon, or until the head, which costs as much as the log has grown since.
final class OutcomeLookup {
  private OutcomeLookup() {}

  /// Looks in everything that `head` holds.
  static Outcome in(Peer peer, Head head, UUID submissionId) {
    var holders = IndexView.now(head.index()).read(Ranges.av(Ids.BITS_TX_ID, submissionId));
    if (holders.hasNext()) {
      return new Outcome.Committed(peer.reportOf(holders.next().t()));
    }
    if (!SubmissionIds.isOurs(submissionId)) {
      return new Outcome.Absent();
    }
    return inLog(peer, head, submissionId)
        .<Outcome>map(Outcome.Committed::new)
        .orElseGet(Outcome.Absent::new);
  }

  private static Optional<TxReport> inLog(Peer peer, Head head, UUID submissionId) {
    long after = SubmissionIds.after(submissionId);
    if (after >= head.t()) {
      return Optional.empty();
    }
    long position =
        peer.log()
            .firstReaching(after + 1, head.position())
            .map(Entry::position)
            .orElse(head.position() + 1);
    while (position <= head.position()) {
      for (Entry entry : peer.readApplied(position)) {
        OptionalInt index = indexOf(entry, submissionId);
        if (index.isPresent()) {
          return Optional.of(new AppliedEntry(entry, head.index()).report(index.getAsInt()));
        }
        position = entry.position() + 1;
      }
    }
    return Optional.empty();
  }

  private static OptionalInt indexOf(Entry entry, UUID submissionId) {
    for (int i = 0; i < entry.records().size(); i++) {
      if (entry.records().get(i).submissionId().equals(submissionId)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }
}
