/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.Connection;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.db.Index;
import page.bits.db.Tx;
import page.bits.db.TxReport;
import page.bits.db.TxReports;
import page.bits.error.BitsException;
import page.bits.testkit.Seed;
import page.bits.testkit.storage.Faults;

/// Many writers on several peers while appends and reads fail: what was answered is what is in the
/// log, and everyone sees the same.
class PeerChaosTest {
  private static final int PEERS = 4;
  private static final int THREADS = 3;
  private static final int SUBMISSIONS = 250;
  private static final int BATCH = 10;
  private static final int COUNTERS = 3;
  private static final Faults FAULTS =
      Faults.none()
          .withAppendLost(0.05)
          .withAppendUnanswered(0.05)
          .withAppendLate(0.05)
          .withReadUnavailable(0.1)
          .withHints(new Faults.Hints(0.3, 0.2, 0.2));
  private static final String SCHEMA =
      """
      [{:db/ident :item/key :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :item/badge :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/value}
       {:db/ident :item/value :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]""";

  private final long seed = Seed.of("PeerChaosTest");
  private final FaultyPeers peers = new FaultyPeers(seed);

  private sealed interface Kind {
    record Plain() implements Kind {}

    record Increment(int counter, long expected) implements Kind {}

    record Badge(String badge) implements Kind {}
  }

  /// A submission and its answer: a report or the code of a refusal. The counters were read after
  /// the answer.
  private record Answer(
      UUID id, Kind kind, long headBefore, @Nullable TxReport report, String code, long tAfter) {}

  private record Fact(long e, long a, Object v) {}

  @AfterEach
  void close() {
    peers.close();
  }

  @Row({"C-01", "C-02", "C-04", "RF-07", "T-73"})
  @Test
  void transact_underFaultsOnManyPeers_logIsWhatWasAnswered() {
    var connections = new ArrayList<Connection>();
    for (int p = 0; p < PEERS; p++) {
      connections.add(peers.connect("p" + p));
    }
    Connection first = connections.getFirst();
    first.ensureSchema(SCHEMA);
    for (int c = 0; c < COUNTERS; c++) {
      first.transact("[{:item/key \"counter" + c + "\" :item/value 0}]");
    }
    connections.forEach(Connection::sync);
    long start = first.cursor().t();
    int total = PEERS * THREADS * SUBMISSIONS;

    var answers = new ArrayList<List<Answer>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int p = 0; p < PEERS; p++) {
        peers.faults("p" + p, FAULTS);
      }
      var writers = new ArrayList<CompletableFuture<List<Answer>>>();
      for (int p = 0; p < PEERS; p++) {
        for (int w = 0; w < THREADS; w++) {
          Connection connection = connections.get(p);
          String name = p + "-" + w;
          writers.add(CompletableFuture.supplyAsync(() -> write(connection, name), threads));
        }
      }
      writers.forEach(writer -> answers.add(writer.join()));
    }
    for (int p = 0; p < PEERS; p++) {
      peers.deliverLate("p" + p);
      peers.faults("p" + p, Faults.none());
      assertThat(peers.injected("p" + p)).isPositive();
    }
    connections.forEach(Connection::sync);

    List<TxReport> log = reports(first, start);
    assertThat(answers.stream().mapToInt(List::size).sum()).isEqualTo(total);
    checkChain(log, start);
    checkAnswers(answers, log);
    checkRefusals(answers, log);
    for (Connection connection : connections) {
      assertThat(connection.cursor()).isEqualTo(first.cursor());
      checkSame(reports(connection, start), log);
      checkValues(reports(connection, start), connection.db());
    }
  }

  private List<Answer> write(Connection connection, String name) {
    var random = new Random(seed + name.hashCode());
    var answers = new ArrayList<Answer>();
    for (int n = 0; n < SUBMISSIONS; n += BATCH) {
      long before = FaultyPeers.persist(connection::sync).basisT();
      var ids = new ArrayList<UUID>();
      var kinds = new ArrayList<Kind>();
      var futures = new ArrayList<CompletableFuture<TxReport>>();
      for (int i = n; i < n + BATCH; i++) {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        Kind kind = kind(connection.db(), random);
        ids.add(id);
        kinds.add(kind);
        Tx tx = Tx.of(form(kind, name + "-" + i)).id(id).deadline(Duration.ofSeconds(60));
        futures.add(connection.transactAsync(tx));
      }
      for (int i = 0; i < BATCH; i++) {
        answers.add(answer(connection, ids.get(i), kinds.get(i), before, futures.get(i)));
      }
    }
    return answers;
  }

  private static Kind kind(Db db, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> {
        int counter = random.nextInt(COUNTERS);
        long seen = value(db, counter);
        yield new Kind.Increment(counter, random.nextInt(5) == 0 ? seen + 1 : seen);
      }
      case 1 -> new Kind.Badge("badge " + random.nextInt(200));
      default -> new Kind.Plain();
    };
  }

  private static String form(Kind kind, String key) {
    return switch (kind) {
      case Kind.Plain _ ->
          "[{:item/key \""
              + key
              + "\" :item/value 7} {:item/key \"shared\" :item/value "
              + key.hashCode()
              + "}]";
      case Kind.Badge badge ->
          "[{:item/key \"" + key + "\" :item/badge \"" + badge.badge() + "\"}]";
      case Kind.Increment increment ->
          "[[:db/cas [:item/key \"counter%d\"] :item/value %d %d]]"
              .formatted(increment.counter(), increment.expected(), increment.expected() + 1);
    };
  }

  private static Answer answer(
      Connection connection, UUID id, Kind kind, long before, CompletableFuture<TxReport> future) {
    try {
      TxReport report = future.join();
      assertThat(connection.db().basisT()).isGreaterThanOrEqualTo(report.t());
      return new Answer(id, kind, before, report, "", connection.db().basisT());
    } catch (CompletionException e) {
      BitsException refusal = FaultyPeers.bitsError(e);
      assertThat(refusal.code()).isIn(DbError.CAS_FAILED.code(), DbError.UNIQUE_CONFLICT.code());
      return new Answer(id, kind, before, null, refusal.code(), connection.db().basisT());
    }
  }

  private static void checkChain(List<TxReport> log, long start) {
    long t = start;
    for (TxReport report : log) {
      assertThat(report.prevT()).isEqualTo(t);
      assertThat(report.t()).isGreaterThan(t);
      t = report.t();
    }
  }

  private static void checkAnswers(List<List<Answer>> answers, List<TxReport> log) {
    Map<UUID, TxReport> byId = new HashMap<>();
    for (TxReport report : log) {
      assertThat(byId.put(report.submissionId(), report)).isNull();
    }
    int committed = 0;
    for (List<Answer> ofThread : answers) {
      long t = 0;
      for (Answer answer : ofThread) {
        TxReport report = answer.report();
        TxReport logged = byId.get(answer.id());
        if (report == null) {
          assertThat(logged).isNull();
          continue;
        }
        committed++;
        if (logged == null) {
          throw new AssertionError("answered, but not in the log: " + report);
        }
        assertThat(report.cursor()).isEqualTo(logged.cursor());
        assertThat(report.txData()).isEqualTo(logged.txData());
        assertThat(report.t()).isGreaterThan(t); // the order of submission
        // after all that anyone had been answered when it was submitted
        assertThat(report.t()).isGreaterThan(answer.headBefore());
        t = report.t();
      }
    }
    assertThat(log).hasSize(committed);
  }

  /// A refusal has to have been true at some head between the submission and the answer.
  private static void checkRefusals(List<List<Answer>> answers, List<TxReport> log) {
    Db last = log.getLast().dbAfter();
    int refused = 0;
    for (List<Answer> ofThread : answers) {
      for (Answer answer : ofThread) {
        if (answer.report() != null) {
          continue;
        }
        refused++;
        switch (answer.kind()) {
          case Kind.Increment increment -> {
            long low = value(last.asOf(answer.headBefore()), increment.counter());
            long high = value(last.asOf(answer.tAfter()), increment.counter());
            assertThat(low == increment.expected() && high == low).isFalse();
          }
          case Kind.Badge badge ->
              assertThat(
                      last.asOf(answer.tAfter())
                          .q("[:find ?e . :in $ ?b :where [?e :item/badge ?b]]", badge.badge()))
                  .isNotNull();
          case Kind.Plain _ -> throw new AssertionError("nothing can refuse it");
        }
      }
    }
    assertThat(refused).isPositive();
    for (int c = 0; c < COUNTERS; c++) {
      int counter = c;
      long increments =
          answers.stream()
              .flatMap(List::stream)
              .filter(answer -> answer.report() != null)
              .filter(answer -> answer.kind() instanceof Kind.Increment i && i.counter() == counter)
              .count();
      assertThat(value(last, counter)).isEqualTo(increments);
    }
  }

  private static void checkSame(List<TxReport> seen, List<TxReport> log) {
    assertThat(seen).hasSameSizeAs(log);
    for (int i = 0; i < log.size(); i++) {
      assertThat(seen.get(i).cursor()).isEqualTo(log.get(i).cursor());
      assertThat(seen.get(i).txData()).isEqualTo(log.get(i).txData());
    }
  }

  /// The values before and after are what a naive set of facts says.
  private static void checkValues(List<TxReport> reports, Db now) {
    Set<Fact> facts = facts(reports.getFirst().dbBefore());
    for (int i = 0; i < reports.size(); i++) {
      TxReport report = reports.get(i);
      boolean isSample = i % 211 == 0;
      if (isSample) {
        assertThat(facts(report.dbBefore())).isEqualTo(facts);
      }
      for (Datom datom : report.txData()) {
        var fact = new Fact(datom.e(), datom.a(), datom.v());
        assertThat(datom.added() ? facts.add(fact) : facts.remove(fact)).isTrue();
      }
      if (isSample) {
        assertThat(facts(report.dbAfter())).isEqualTo(facts);
      }
    }
    assertThat(facts(now)).isEqualTo(facts);
  }

  private static Set<Fact> facts(Db db) {
    var facts = new HashSet<Fact>();
    for (Datom datom : db.datoms(Index.EAVT)) {
      facts.add(new Fact(datom.e(), datom.a(), datom.v()));
    }
    return facts;
  }

  private static List<TxReport> reports(Connection connection, long after) {
    var seen = new ArrayList<TxReport>();
    try (TxReports reports = connection.txReportsAfter(after)) {
      for (var next = reports.poll(Duration.ZERO);
          next.isPresent();
          next = reports.poll(Duration.ZERO)) {
        seen.add(next.get());
      }
    }
    return seen;
  }

  private static long value(Db db, int counter) {
    Object value =
        db.q(
            "[:find ?v . :in $ ?k :where [?e :item/key ?k] [?e :item/value ?v]]",
            "counter" + counter);
    return value instanceof Long number ? number : 0;
  }
}
