/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import page.bits.db.Cursor;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.internal.log.Entry;
import page.bits.db.internal.log.LogRecord;
import page.bits.db.internal.log.v1.EntryCodec;
import page.bits.db.internal.schema.Birth;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.StoredEntry;

/// The log, read again from its bytes, and what it says at every t: checked as it is read (I1, I2,
/// I4, I5, I10, I15), and replayed by the rules of the workload (I11 to I14).
final class Replay {
  /// A transaction of the log.
  record Logged(long position, LogRecord record, Cursor cursor, long operation) {
    long t() {
      return record.t();
    }
  }

  private record Word(long e, long a, Object v, boolean added) {
    static Word of(Datom datom) {
      return new Word(datom.e(), datom.a(), datom.v(), datom.added());
    }
  }

  private final Map<Long, Submitted> submittedBy = new HashMap<>();
  private final List<Logged> log = new ArrayList<>();
  private final Map<Long, Logged> byT = new HashMap<>();
  private final Map<Long, List<Logged>> byOperation = new HashMap<>();
  private final Map<UUID, Logged> bySubmission = new HashMap<>();
  private final List<Long> lastTAt = new ArrayList<>();
  private final List<Datom> words = new ArrayList<>(Birth.datoms());
  private final Map<String, Long> names = new HashMap<>();
  private final Map<String, TreeMap<Long, Long>> values = new HashMap<>();
  private final Map<Integer, Long> badges = new HashMap<>();
  private final Attributes attributes;
  private final SessionReplay sessions;
  private boolean isGrouped;

  /// The numbers of the workload's attributes.
  private record Attributes(
      long op, long name, long count, long member, long balance, long badge, long owner) {
    static Attributes of(Db db) {
      return new Attributes(
          id(db, "op/id"),
          id(db, "item/name"),
          id(db, "item/count"),
          id(db, "item/member"),
          id(db, "item/balance"),
          id(db, "item/badge"),
          id(db, "item/owner"));
    }

    private static long id(Db db, String name) {
      return db.entid(":" + name).orElseThrow();
    }
  }

  Replay(DatabaseId database, List<StoredEntry> stored, Db schema, List<Submitted> submitted) {
    this.attributes = Attributes.of(schema);
    this.sessions = new SessionReplay(schema, submittedBy);
    submitted.forEach(each -> submittedBy.putIfAbsent(each.operation(), each));
    Digest previous = Digest.NONE;
    LogRecord before = null;
    for (int p = 0; p < stored.size(); p++) {
      Entry entry = EntryCodec.decode(database, stored.get(p));
      Violation.check(entry.position() == p, 2, "position %d holds %d", p, entry.position());
      Violation.check(entry.previous().equals(previous), 4, "the chain breaks at %d", p);
      previous = entry.digest();
      isGrouped |= entry.records().size() > 1;
      for (int i = 0; i < entry.records().size(); i++) {
        LogRecord record = entry.records().get(i);
        follows(before, record);
        add(new Logged(p, record, entry.cursor(i), operation(record)));
        before = record;
      }
      lastTAt.add(entry.lastT());
    }
  }

  private static void follows(@Nullable LogRecord before, LogRecord record) {
    if (before == null) {
      Violation.check(record.prevT() == 0, 4, "the first transaction follows %d", record.prevT());
      return;
    }
    Violation.check(
        record.prevT() == before.t() && record.t() > before.t(),
        4,
        "%d follows %d, not %d",
        record.t(),
        record.prevT(),
        before.t());
    Violation.check(
        !record.txInstant().isBefore(before.txInstant()),
        10,
        "%d is of %s, before %s",
        record.t(),
        record.txInstant(),
        before.txInstant());
    Violation.check(
        record.t() == before.counters().nextEntity(),
        15,
        "numbers were used up between %d and %d",
        before.t(),
        record.t());
  }

  private long operation(LogRecord record) {
    for (Datom datom : record.datoms()) {
      if (datom.a() == attributes.op()) {
        return (Long) datom.v();
      }
    }
    return -1;
  }

  private void add(Logged logged) {
    log.add(logged);
    byT.put(logged.t(), logged);
    byOperation.computeIfAbsent(logged.operation(), _ -> new ArrayList<>()).add(logged);
    Logged twin = bySubmission.put(logged.record().submissionId(), logged);
    Violation.check(twin == null, 5, "one submission is in the log twice: %s", logged);
    replay(logged);
    sessions.add(logged);
    words.addAll(logged.record().txData());
  }

  /// What the transaction should have done, by the rules of its act on what the log says before it.
  private void replay(Logged logged) {
    long operation = logged.operation();
    if (operation < 0) {
      return; // the schema
    }
    long t = logged.t();
    if (operation == 0) {
      setUp(logged);
      return;
    }
    Submitted by = submittedBy.get(operation);
    Violation.check(by != null, 15, "nobody submitted %d", operation);
    var expected = new HashSet<Word>();
    switch (java.util.Objects.requireNonNull(by).act()) {
      case Act.Count(int counter, long wanted) -> {
        Violation.check(
            value("c" + counter) == wanted, 12, "%s was committed on %d", by, value("c" + counter));
        set(expected, t, "c" + counter, attributes.count(), wanted + 1);
      }
      case Act.Add(int list, long member) ->
          expected.add(new Word(entity("l" + list), attributes.member(), member, true));
      case Act.Transfer(int from, int to, long amount, long _) -> {
        Violation.check(value("a" + from) >= amount, 13, "%s overdrew %d", by, value("a" + from));
        set(expected, t, "a" + from, attributes.balance(), value("a" + from) - amount);
        set(expected, t, "a" + to, attributes.balance(), value("a" + to) + amount);
      }
      case Act.Badge(int badge) -> {
        Violation.check(badges.putIfAbsent(badge, t) == null, 14, "a second holder: %s", by);
        long holder = logged.record().tempids().getOrDefault("new", -1L);
        expected.add(new Word(holder, attributes.badge(), "badge " + badge, true));
        expected.add(new Word(holder, attributes.owner(), entity("a0"), true));
      }
      case Act.Say _ -> {} // what it says is not durable
      case Act.SetUp _, Act.Mistake _ -> throw new Violation(7, "it was committed: " + by);
    }
    Violation.check(
        told(logged).equals(expected), 11, "%s is %s, not %s", by, told(logged), expected);
  }

  private Set<Word> told(Logged logged) {
    long tx = logged.record().datoms().getFirst().tx();
    var told = new HashSet<Word>();
    for (Datom datom : logged.record().datoms()) {
      Violation.check(datom.t() == logged.t(), 11, "%s is not of %d", datom, logged.t());
      if (datom.e() != tx) {
        told.add(Word.of(datom));
      }
    }
    return told;
  }

  private void setUp(Logged logged) {
    Violation.check(names.isEmpty(), 5, "set up twice: %s", logged);
    logged.record().tempids().forEach(names::put);
    for (int i = 0; i < Act.COUNTERS; i++) {
      timeline("c" + i).put(logged.t(), 0L);
    }
    for (int i = 0; i < Act.ACCOUNTS; i++) {
      timeline("a" + i).put(logged.t(), Act.BALANCE);
    }
  }

  private void set(Set<Word> expected, long t, String name, long attribute, long next) {
    long now = value(name);
    expected.add(new Word(entity(name), attribute, now, false));
    expected.add(new Word(entity(name), attribute, next, true));
    timeline(name).put(t, next);
  }

  private long entity(String name) {
    return names.getOrDefault(name, -1L);
  }

  private TreeMap<Long, Long> timeline(String name) {
    return values.computeIfAbsent(name, _ -> new TreeMap<>());
  }

  private long value(String name) {
    var last = timeline(name).lastEntry();
    return last == null ? -1 : last.getValue();
  }

  /// The values that something had from t `from` to t `to`, both inclusive.
  List<Long> valuesBetween(String name, long from, long to) {
    TreeMap<Long, Long> timeline = timeline(name);
    Long first = timeline.floorKey(from);
    long begin = first == null ? from : first;
    return begin > to ? List.of() : List.copyOf(timeline.subMap(begin, true, to, true).values());
  }

  /// The t at which a badge was given; beyond every t when it was not.
  long badgeGivenAt(int badge) {
    return badges.getOrDefault(badge, Long.MAX_VALUE);
  }

  List<Logged> log() {
    return log;
  }

  @Nullable Logged at(long t) {
    return byT.get(t);
  }

  List<Logged> of(long operation) {
    return byOperation.getOrDefault(operation, List.of());
  }

  @Nullable Logged ofSubmission(UUID submissionId) {
    return bySubmission.get(submissionId);
  }

  /// The newest t up to a position.
  long lastT(long position) {
    if (position < 0) {
      return 0;
    }
    return lastTAt.get((int) Math.min(position, lastTAt.size() - 1L));
  }

  long headT() {
    return lastTAt.getLast();
  }

  /// What it says of sessions.
  SessionReplay sessions() {
    return sessions;
  }

  boolean isGrouped() {
    return isGrouped;
  }

  /// Every datom of the log, in its order.
  List<Datom> words() {
    return words;
  }
}
