/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import page.bits.db.Datom;
import page.bits.db.internal.index.Counters;

/// One transaction as the log keeps it.
///
/// `counters` are the numbers after it; `counters.t()` is its t. `tempids` are those that its
/// caller named. `datoms` are the durable ones, `ephemeral` those that the log need not keep.
/// `excisedBy` is the t of the transaction that excised some of it.
public record LogRecord(
    long prevT,
    Counters counters,
    UUID submissionId,
    Map<String, Long> tempids,
    List<Datom> datoms,
    List<Datom> ephemeral,
    OptionalLong excisedBy) {
  public LogRecord {
    tempids =
        tempids.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(tempids));
    datoms = List.copyOf(datoms);
    ephemeral = List.copyOf(ephemeral);
  }

  /// Of which nothing was excised.
  public LogRecord(
      long prevT,
      Counters counters,
      UUID submissionId,
      Map<String, Long> tempids,
      List<Datom> datoms,
      List<Datom> ephemeral) {
    this(prevT, counters, submissionId, tempids, datoms, ephemeral, OptionalLong.empty());
  }

  /// Without anything ephemeral.
  public LogRecord(
      long prevT,
      Counters counters,
      UUID submissionId,
      Map<String, Long> tempids,
      List<Datom> datoms) {
    this(prevT, counters, submissionId, tempids, datoms, List.of());
  }

  /// What the transaction `t` leaves of it when it excises the facts that `keep` refuses, with the
  /// tempids of the entities that are left: itself when it refuses none.
  public LogRecord without(long t, Predicate<Datom> keep) {
    List<Datom> left = datoms.stream().filter(keep).toList();
    if (left.size() == datoms.size()) {
      return this;
    }
    var named = new LinkedHashMap<>(tempids);
    named.values().removeIf(e -> left.stream().noneMatch(datom -> datom.e() == e));
    return new LogRecord(prevT, counters, submissionId, named, left, ephemeral).excisedBy(t);
  }

  public LogRecord excisedBy(long t) {
    return new LogRecord(
        prevT, counters, submissionId, tempids, datoms, ephemeral, OptionalLong.of(t));
  }

  /// All datoms of the transaction: the durable ones, then the ephemeral ones.
  public List<Datom> txData() {
    if (ephemeral.isEmpty()) {
      return datoms;
    }
    var all = new ArrayList<>(datoms);
    all.addAll(ephemeral);
    return Collections.unmodifiableList(all);
  }

  public long t() {
    return counters.t();
  }

  public Instant txInstant() {
    return counters.txInstant();
  }
}
