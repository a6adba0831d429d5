/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

/// Ways to be wrong, each with the invariant by which it has to be noticed.
enum Bug {
  /// An append is acknowledged and never made.
  ACKNOWLEDGED_BEFORE_WRITTEN(Invariant.I6),
  /// A taken position is believed to be one's own: another's transaction is acknowledged.
  NO_DIGEST_COMPARISON(Invariant.I6),
  /// An append that did not say is made again at another position.
  APPENDED_AGAIN_ELSEWHERE(Invariant.I5),
  /// The id of a transaction is forgotten when it comes again.
  FORGOTTEN_ID(Invariant.I5),
  /// An answer is no, and the transaction is committed all the same.
  REFUSED_YET_COMMITTED(Invariant.I7),
  /// A deadline is answered, and the transaction is committed later.
  FAILED_YET_COMMITTED(Invariant.I7),
  /// A refusal is judged on a value that is not the newest.
  REFUSED_ON_LAGGING_VALUE(Invariant.I20),
  /// A refusal is judged on an entry whose position was lost.
  REFUSED_ON_LOST_ENTRY(Invariant.I20),
  /// After a lost position the old evaluation is appended again.
  NOT_JUDGED_AGAIN(Invariant.I12),
  /// Half of a transaction is lost.
  TORN(Invariant.I11),
  /// The future completes before db() shows the transaction.
  ANSWERED_BEFORE_DB(Invariant.I19),
  /// db() goes back.
  VIEW_GOES_BACK(Invariant.I19),
  /// Submissions of one connection are turned round.
  SUBMISSIONS_TURNED_ROUND(Invariant.I19),
  /// Hints are lost and nobody looks: sync is content with what is here.
  LOST_HINT_WITHOUT_POLL(Invariant.I20),
  /// A read takes its basis from one value and its data from another.
  MIXED_BASES(Invariant.I21),
  /// As-of shows the present.
  AS_OF_IS_NOW(Invariant.I17),
  /// A committed transaction is said to be absent.
  OUTCOME_FORGOTTEN(Invariant.I8),
  /// A report comes before db() shows it.
  REPORT_BEFORE_DB(Invariant.I24),
  /// A report's value after is that before.
  REPORT_OF_ANOTHER_MOMENT(Invariant.I24),
  /// A report's value after, which is said to be exact, lacks what is ephemeral.
  REPORT_WITHOUT_PRESENCE(Invariant.I32),
  /// A resumed subscription misses the first transaction.
  GAP_AFTER_RECONNECT(Invariant.I23),
  /// A resumed subscription begins with what was seen last.
  DUPLICATE_AFTER_RECONNECT(Invariant.I23),
  /// Two reports change places.
  REPORTS_REORDERED(Invariant.I23),
  /// A slow subscriber misses one.
  REPORT_SKIPPED(Invariant.I23),
  /// A subscriber stops without a word.
  REPORTS_END_EARLY(Invariant.I26),
  /// A peer takes the log for another one.
  FALSE_FORK(Invariant.I36),
  /// The storage loses its newest entries.
  TAIL_LOST(Invariant.I6),
  /// The storage loses an entry in the middle.
  ENTRY_LOST(Invariant.I2),
  /// A bit of the log flips.
  BIT_FLIPPED(Invariant.I4),
  /// An entry's bytes are cut.
  ENTRY_CUT(Invariant.I3),
  /// An entry is put where an older one was free.
  PUT_IN_THE_PAST(Invariant.I9),
  /// A process that ends by itself leaves a caller without an answer.
  NEVER_ANSWERED(Invariant.I38),
  /// A session was ended by others, and its process goes on as if it had not been.
  LAPSED_SESSION_GOES_ON(Invariant.I35),
  /// Nobody ends the session of a process that is gone.
  SESSION_OF_THE_DEAD_STAYS(Invariant.I35),
  /// A session ends, and an ephemeral fact stays.
  SURVIVES_ITS_SESSION(Invariant.I32),
  /// A peer goes on showing who has long gone.
  GHOST_ON_A_PEER(Invariant.I32),
  /// What is held is said to be there, and is not.
  HELD_AND_NOT_TOLD(Invariant.I33),
  /// As-of shows who is here.
  EPHEMERAL_IN_AS_OF(Invariant.I34),
  /// History has an ephemeral fact.
  EPHEMERAL_IN_HISTORY(Invariant.I34),
  /// A durable fact lies where it can be dropped.
  DURABLE_OUTSIDE_THE_CHAIN(Invariant.I34);

  private final Invariant broken;

  Bug(Invariant broken) {
    this.broken = broken;
  }

  Invariant broken() {
    return broken;
  }
}
