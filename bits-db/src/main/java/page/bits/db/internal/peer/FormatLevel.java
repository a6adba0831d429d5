/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.Iterator;
import java.util.List;
import page.bits.db.Datom;
import page.bits.db.internal.index.DatomSource;
import page.bits.db.internal.index.IndexView;
import page.bits.db.internal.index.MemoryIndex;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.log.LogErrors;
import page.bits.db.internal.schema.Ids;
import page.bits.db.internal.schema.Levels;
import page.bits.db.spi.Storage;
import page.bits.error.BitsException;

/// The format level of a database: what a build has to know to read its log from there on. It is a
/// datom of the database, `[:bits/database :bits/format level]`, born with it. Stateless.
///
/// A build reads every level up to its own and writes the database's. Meeting a higher one it stops
/// with `:bits.error/too-new`, before it has applied the transaction that raised it.
final class FormatLevel {
  /// The highest level that this build reads.
  static final int MAX = Levels.NEWEST;

  private FormatLevel() {}

  static void check(long position, List<Datom> txData) {
    for (Datom datom : txData) {
      if (datom.a() == Ids.BITS_FORMAT && datom.added() && (Long) datom.v() > MAX) {
        throw LogErrors.tooNew(position, Math.toIntExact((Long) datom.v()), MAX);
      }
    }
  }

  static boolean isRaisedBy(List<Datom> txData) {
    for (Datom datom : txData) {
      if (datom.a() == Ids.BITS_FORMAT) {
        return true;
      }
    }
    return false;
  }

  /// Refuses what raises the level while a process is about that could not go on.
  static PreparedEntry.Verdict checked(PreparedEntry.Verdict verdict, Storage storage) {
    if (verdict instanceof PreparedEntry.Verdict.Accepted accepted) {
      for (Datom datom : accepted.record().record().datoms()) {
        if (datom.a() == Ids.BITS_FORMAT && datom.added()) {
          try {
            Processes.checkBuilds(storage, (Long) datom.v());
          } catch (BitsException e) {
            return new PreparedEntry.Verdict.Refused(e);
          }
        }
      }
    }
    return verdict;
  }

  static int of(MemoryIndex index) {
    return of(IndexView.now(index));
  }

  static int of(DatomSource source) {
    Iterator<Datom> level = source.read(Ranges.ea(Ids.BITS_DATABASE, Ids.BITS_FORMAT));
    return Math.toIntExact((Long) level.next().v());
  }
}
