/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import page.bits.testkit.history.LoggedTx.Said;
import page.bits.testkit.history.Submissions.Submission;

/// The log, replayed on a model of the workloads: what each transaction has to say on the value
/// right before it, and the states of everything at every t. Confined to one thread.
///
/// The schema and the things themselves are learned from the transactions of the set-up, which are
/// taken as they are.
final class Replay {
  static final String TAG = ":op/tag";
  private static final long IDENT = 10;
  private static final long TX_ID = 100;
  private static final String KEY = ":k/key";
  private static final String ITEM = ":list/item";
  private static final String REGISTER = ":reg/value";
  private static final String CELL = ":cell/value";
  private static final String BALANCE = ":bank/balance";
  private static final String BADGE = ":owner/badge";
  private static final String SEAT = ":seat/value";
  private static final String SESSION = ":bits/session";

  /// Something that a transaction says about a thing of the workloads.
  private record Fact(long e, String attribute, Object v, boolean added) {}

  private final Report report;
  private final Submissions submissions;
  private final long setupT;
  private final Map<Long, String> attributes = // those that are built in, then the log's
      new HashMap<>(Map.of(Presence.SESSION, SESSION, Presence.SESSION_OPEN, ":bits.session/open"));
  private final Map<String, Long> elements = new HashMap<>();
  private final Map<String, Long> entities = new HashMap<>();
  private final Map<Long, String> keys = new HashMap<>();
  private final Map<Thing, States> states = new HashMap<>();
  private final Map<Integer, States> balances = new HashMap<>();
  private final Presence presence;
  private long total;
  private long bank;

  Replay(Report report, Submissions submissions, long setupT) {
    this.report = report;
    this.submissions = submissions;
    this.setupT = setupT;
    this.presence = new Presence(report);
  }

  void add(LoggedTx tx) {
    var facts = new ArrayList<Fact>();
    Long tag = null;
    UUID id = null;
    for (Said datom : tx.durable()) {
      if (datom.a() == IDENT && datom.v() instanceof String ident) {
        attributes.put(datom.e(), ident);
        elements.put(ident, datom.e());
      }
      String attribute = attributes.getOrDefault(datom.a(), "");
      switch (attribute) {
        case TAG -> tag = (Long) datom.v();
        case KEY -> learn(datom);
        case ITEM, REGISTER, CELL, BALANCE, BADGE ->
            facts.add(new Fact(datom.e(), attribute, datom.v(), datom.added()));
        default -> id = datom.a() == TX_ID ? (UUID) datom.v() : id;
      }
    }
    if (tx.excisedBy() > 0) {
      submitted(tag, tx); // what is left of it cannot be judged by its forms
    } else if (tag != null) {
      var all = new ArrayList<>(facts);
      Presence.said(tx).forEach(datom -> all.add(fact(datom)));
      judge(tx, tag, id, all);
    } else {
      report.check(
          Invariant.I7,
          facts.isEmpty() || tx.t() <= setupT,
          () -> "nobody submitted the transaction " + tx);
    }
    apply(tx, facts);
    presence.apply(tx);
    for (Said datom : tx.ephemeral()) {
      if (attribute(datom).equals(SEAT)) {
        States seat = states(Thing.seat(number(datom.e())));
        seat.add(tx.t(), Math.max(0, presence.value(datom.e(), datom.a())));
      }
    }
  }

  private void submitted(@Nullable Long tag, LoggedTx tx) {
    Submission submission = tag == null ? null : submissions.of(tag);
    if (submission != null) {
      submission.foundAt(tx.t());
    }
  }

  private String attribute(Said datom) {
    return attributes.getOrDefault(datom.a(), "");
  }

  private Fact fact(Said datom) {
    return new Fact(datom.e(), attribute(datom), datom.v(), datom.added());
  }

  private void learn(Said datom) {
    entities.put((String) datom.v(), datom.e());
    keys.put(datom.e(), (String) datom.v());
  }

  private void judge(LoggedTx tx, long tag, @Nullable UUID id, List<Fact> facts) {
    Submission submission = submissions.of(tag);
    if (submission == null) {
      report.check(Invariant.I7, false, () -> "nobody submitted the transaction " + tx);
      return;
    }
    report.check(
        Invariant.I5,
        submission.t() == 0,
        () -> "twice in the log, at " + submission.t() + " and at " + tx.t() + ": " + submission);
    submission.foundAt(tx.t());
    UUID given = submission.id();
    report.check(
        Invariant.I5,
        given == null ? id == null : given.equals(id) && given.equals(tx.submission()),
        () -> "in the log under the id " + id + " of " + tx.submission() + ": " + submission);
    List<Fact> expected = expected(submission.request());
    if (expected == null) {
      report.check(
          Invariant.I12,
          false,
          () -> "the value before " + tx.t() + " refuses what was committed: " + submission);
      return;
    }
    Set<Fact> said = new HashSet<>(facts);
    Set<Fact> wanted = new HashSet<>(expected);
    boolean isPart = said.size() < wanted.size() && wanted.containsAll(said);
    report.check(
        Invariant.I11,
        !isPart,
        () -> "at " + tx.t() + " the log has only " + said + " of " + wanted + ": " + submission);
    report.check(
        Invariant.I12,
        isPart || (said.size() == facts.size() && said.equals(wanted)),
        () -> "at " + tx.t() + " the log says " + facts + ", not " + wanted + ": " + submission);
  }

  /// What the transaction has to say on the value as it is now; null when it is to be refused.
  private @Nullable List<Fact> expected(Request.Write request) {
    return switch (request) {
      case Request.Append(int list, long item) ->
          List.of(new Fact(entity("list-" + list), ITEM, item, true));
      case Request.Put(int register, long value) ->
          replaced(entity("reg-" + register), REGISTER, now(Thing.register(register)), value);
      case Request.Cas(int cell, long expected, long value) ->
          now(Thing.cell(cell)) == expected
              ? replaced(entity("cell-" + cell), CELL, expected, value)
              : null;
      case Request.Transfer(int from, int to, long amount) -> transferred(from, to, amount);
      case Request.Claim(int owner, long badge) -> {
        long holder = now(Thing.badge(badge));
        yield holder == Thing.NOBODY
            ? List.of(new Fact(entity("owner-" + owner), BADGE, badge, true))
            : holder == owner ? List.of() : null;
      }
      case Request.Release(int owner, long badge) ->
          now(Thing.badge(badge)) == owner
              ? List.of(new Fact(entity("owner-" + owner), BADGE, badge, false))
              : List.of();
      case Request.Sit(int seat, UUID session, long value) -> seated(seat, session, value);
      case Request.Rise(int seat) -> risen(seat);
      case Request.End(UUID session) -> {
        long open = presence.open(session);
        yield open == Presence.NOBODY
            ? null
            : presence.ending(open).stream().map(this::fact).toList();
      }
    };
  }

  private @Nullable List<Fact> transferred(int from, int to, long amount) {
    long ofFrom = balance(from).last(0);
    long ofTo = balance(to).last(0);
    if (ofFrom < amount) {
      return null;
    }
    var facts = new ArrayList<>(replaced(entity("acct-" + from), BALANCE, ofFrom, ofFrom - amount));
    facts.addAll(replaced(entity("acct-" + to), BALANCE, ofTo, ofTo + amount));
    return facts;
  }

  private @Nullable List<Fact> seated(int seat, UUID session, long value) {
    long open = presence.open(session);
    if (open == Presence.NOBODY) {
      return null;
    }
    long e = entity("seat-" + seat);
    var facts = new ArrayList<>(risen(seat));
    facts.add(new Fact(e, SESSION, open, true));
    facts.add(new Fact(e, SEAT, value, true));
    if (facts.remove(new Fact(e, SESSION, open, false))) {
      facts.remove(new Fact(e, SESSION, open, true)); // it stays on its session
    }
    return facts;
  }

  /// What the seat has, retracted.
  private List<Fact> risen(int seat) {
    long e = entity("seat-" + seat);
    long session = presence.value(e, Presence.SESSION);
    long value = presence.value(e, elements.getOrDefault(SEAT, 0L));
    return session == Presence.NOBODY
        ? List.of()
        : List.of(new Fact(e, SESSION, session, false), new Fact(e, SEAT, value, false));
  }

  private static List<Fact> replaced(long e, String attribute, long before, long after) {
    return before == after
        ? List.of()
        : List.of(new Fact(e, attribute, before, false), new Fact(e, attribute, after, true));
  }

  private long entity(String key) {
    return entities.getOrDefault(key, -1L);
  }

  private int number(long e) {
    String key = keys.getOrDefault(e, "-1");
    return Integer.parseInt(key.substring(key.lastIndexOf('-') + 1));
  }

  /// Takes the facts as the log has them: what follows is judged on the value that peers have.
  private void apply(LoggedTx tx, List<Fact> facts) {
    boolean isBank = false;
    for (Fact fact : facts) {
      int number = number(fact.e());
      long v = (Long) fact.v();
      switch (fact.attribute()) {
        case ITEM -> {
          States list = states(Thing.list(number));
          list.add(tx.t(), list.last(0) + (fact.added() ? Hashes.item(v) : -Hashes.item(v)));
        }
        case REGISTER -> set(Thing.register(number), tx.t(), v, fact.added());
        case CELL -> set(Thing.cell(number), tx.t(), v, fact.added());
        case BADGE -> badge(tx, number, v, fact.added());
        default -> {
          isBank = true;
          if (fact.added()) {
            balance(number, tx.t(), v);
          }
        }
      }
    }
    if (isBank) {
      states(Thing.BANK).add(tx.t(), bank);
      sum(tx);
    }
  }

  private void set(Thing thing, long t, long value, boolean added) {
    if (added) {
      states(thing).add(t, value);
    }
  }

  private void badge(LoggedTx tx, int owner, long badge, boolean added) {
    long holder = now(Thing.badge(badge));
    report.check(
        Invariant.I14,
        holder == (added ? Thing.NOBODY : owner),
        () -> "badge " + badge + " was held by " + holder + " before " + tx);
    states(Thing.badge(badge)).add(tx.t(), added ? owner : Thing.NOBODY);
  }

  private void balance(int account, long t, long balance) {
    States of = balance(account);
    long before = of.last(-1);
    if (before >= 0) {
      bank -= Hashes.balance(account, before);
      total -= before;
    }
    bank += Hashes.balance(account, balance);
    total += balance;
    of.add(t, balance);
    report.check(
        Invariant.I13, balance >= 0, () -> "account " + account + " has " + balance + " at " + t);
  }

  private long totalOfSetup = -1;

  private void sum(LoggedTx tx) {
    if (tx.t() <= setupT) {
      totalOfSetup = total;
    }
    report.check(
        Invariant.I13,
        total == totalOfSetup,
        () -> "the balances sum up to " + total + ", not " + totalOfSetup + ", at " + tx);
  }

  private States states(Thing thing) {
    return states.computeIfAbsent(thing, _ -> new States());
  }

  private long now(Thing thing) {
    return states(thing).last(start(thing));
  }

  private static long start(Thing thing) {
    return thing.kind() == Thing.Kind.BADGE ? Thing.NOBODY : 0;
  }

  /// The state of a thing after every transaction up to t.
  long state(Thing thing, long t) {
    return thing.equals(Thing.PRESENCE) ? presence.state(t) : states(thing).at(t, start(thing));
  }

  Presence presence() {
    return presence;
  }

  States balance(int account) {
    return balances.computeIfAbsent(account, _ -> new States());
  }

  /// Whether a thing was in such a state at some moment from `low` to `high`, both inclusive.
  boolean ever(Thing thing, long low, long high, java.util.function.LongPredicate test) {
    return states(thing).everBetween(low, high, start(thing), test);
  }

  String statesBetween(Thing thing, long low, long high) {
    return states(thing).between(low, high);
  }

  /// The number of the owner that is this entity, or -1.
  int owner(long e) {
    return keys.getOrDefault(e, "").startsWith("owner-") ? number(e) : -1;
  }
}
