/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads the log: density, chain, order, unique submissions. Confined to one thread.
final class LogCheck {
  private final Report report;
  private final Replay replay;
  private final Log log = new Log();
  private final Set<UUID> submissions = new HashSet<>();
  private byte[] digest = new byte[32];
  private @Nullable UUID database;
  private long position;
  private long instantMillis;

  LogCheck(Report report, Replay replay) {
    this.report = report;
    this.replay = replay;
  }

  Log log(LogSource source) {
    source.read(raw -> entry(source, raw));
    return log;
  }

  private void entry(LogSource source, LogSource.RawEntry raw) {
    EntryReader.Read read;
    try {
      UUID named = database; // the birth record, which says it, is small
      read =
          EntryReader.read(
              named == null ? raw.bytes() : PartsReader.whole(source, named, raw.bytes()));
    } catch (IllegalArgumentException e) {
      report.check(
          Invariant.I3, false, () -> "at position " + raw.position() + ": " + e.getMessage());
      return;
    }
    report.check(Invariant.I3, true, () -> "");
    long expected = position;
    report.check(
        Invariant.I2,
        raw.position() == expected,
        () -> "position " + raw.position() + " after " + (expected - 1));
    UUID first = database;
    report.check(
        Invariant.I1,
        read.position() == raw.position() && (first == null || first.equals(read.database())),
        () ->
            "at position "
                + raw.position()
                + " lies "
                + read.position()
                + " of "
                + read.database());
    report.check(
        Invariant.I4,
        Arrays.equals(read.previous(), digest) && Arrays.equals(read.digest(), raw.digest()),
        () ->
            "the entry at " + raw.position() + " names another predecessor or has another digest");
    if (raw.position() == 0) {
      log.born(java.nio.ByteBuffer.wrap(raw.digest()).getLong());
    }
    database = read.database();
    position = raw.position() + 1;
    digest = raw.digest();
    read.txs().forEach(this::tx);
  }

  private void tx(LoggedTx tx) {
    long last = log.lastT();
    report.check(
        Invariant.I2,
        tx.prevT() == last && tx.t() > last,
        () -> "after t " + last + " comes " + tx);
    report.check(
        Invariant.I10,
        tx.instantMillis() >= instantMillis,
        () -> "txInstant falls from " + instantMillis + " at " + tx);
    report.check(
        Invariant.I5, submissions.add(tx.submission()), () -> "its id is in the log before: " + tx);
    instantMillis = tx.instantMillis();
    log.add(tx);
    replay.add(tx);
  }
}
