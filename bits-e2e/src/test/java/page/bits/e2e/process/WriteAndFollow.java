/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.process;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Index;
import page.bits.db.Tx;
import page.bits.db.TxReport;
import page.bits.db.TxReports;

/// Verb `both URI WRITER COUNT TOTAL SEED`: writes COUNT transactions while it follows all reports
/// until TOTAL of all writers have come.
///
/// At 100 random reports the whole database before and after is compared with a replay of the
/// reports' data. Prints `RESULT reports cursor order-digest compared`.
final class WriteAndFollow {
  static final String SCHEMA =
      """
      [{:db/ident :w/writer :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
       {:db/ident :w/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
       {:db/ident :w/key :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :w/last :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]""";
  private static final int IN_FLIGHT = 64;

  private record Fact(long e, long a, Object v) {
    static Fact of(Datom datom) {
      return new Fact(datom.e(), datom.a(), datom.v());
    }
  }

  private WriteAndFollow() {}

  static void run(List<String> arguments) throws Exception {
    String writer = arguments.get(1);
    int count = Integer.parseInt(arguments.get(2));
    int total = Integer.parseInt(arguments.get(3));
    long seed = Long.parseLong(arguments.get(4));
    try (Connection connection = Bits.connect(arguments.get(0))) {
      connection.ensureSchema(SCHEMA);
      var following = new CompletableFuture<String>();
      Thread.ofPlatform()
          .start(
              () -> {
                try {
                  following.complete(follow(connection, total, seed));
                } catch (Throwable e) {
                  following.completeExceptionally(e);
                }
              });
      write(connection, writer, count);
      Worker.say("RESULT " + following.get());
    }
  }

  /// Each transaction makes an entity and changes one of a hundred shared ones, so that retractions
  /// travel too.
  private static void write(Connection connection, String writer, int count) throws Exception {
    var slots = new Semaphore(IN_FLIGHT);
    var futures = new java.util.ArrayList<CompletableFuture<TxReport>>();
    for (int n = 0; n < count; n++) {
      slots.acquire();
      CompletableFuture<TxReport> future =
          connection.transactAsync(
              Tx.of(
                      List.of(
                          Map.of(":w/writer", writer, ":w/n", (long) n),
                          Map.of(":w/key", "shared-" + n % 100, ":w/last", (long) n)))
                  .deadline(java.time.Duration.ofSeconds(60)));
      futures.add(future.whenComplete((_, _) -> slots.release()));
    }
    for (CompletableFuture<TxReport> future : futures) {
      future.get();
    }
  }

  private static String follow(Connection connection, int total, long seed) throws Exception {
    var random = new Random(seed);
    Set<Integer> chosen = new HashSet<>();
    while (chosen.size() < 100) {
      chosen.add(random.nextInt(total));
    }
    MessageDigest order = MessageDigest.getInstance("SHA-256");
    Set<Fact> replay = new HashSet<>();
    int reports = 0;
    int written = 0;
    int compared = 0;
    long prevT = 0;
    try (TxReports feed = connection.txReportsAfter(0)) {
      connection.db().asOf(0).datoms(Index.EAVT).forEach(datom -> replay.add(Fact.of(datom)));
      while (written < total) {
        TxReport report = feed.take();
        check(report.prevT() == prevT, "a gap before " + report);
        prevT = report.t();
        reports++;
        boolean isOfWriter = isOfWriter(connection.db(), report);
        boolean isChosen = isOfWriter && chosen.contains(written);
        if (isChosen) {
          check(replay.equals(facts(report.dbBefore())), "dbBefore of " + report);
        }
        for (Datom datom : report.txData()) {
          if (!datom.added()) {
            replay.remove(Fact.of(datom));
          }
        }
        for (Datom datom : report.txData()) {
          if (datom.added()) {
            replay.add(Fact.of(datom));
          }
        }
        if (isChosen) {
          check(replay.equals(facts(report.dbAfter())), "dbAfter of " + report);
          compared++;
        }
        written += isOfWriter ? 1 : 0;
        order.update((report.t() + ":" + report.txData()).getBytes(StandardCharsets.UTF_8));
      }
      return reports
          + " "
          + feed.cursor()
          + " "
          + HexFormat.of().formatHex(order.digest())
          + " "
          + compared;
    }
  }

  private static boolean isOfWriter(Db db, TxReport report) {
    long attribute = db.entid(":w/n").orElse(-1);
    return report.txData().stream().anyMatch(datom -> datom.a() == attribute);
  }

  private static Set<Fact> facts(Db db) {
    Set<Fact> facts = new HashSet<>();
    db.datoms(Index.EAVT).forEach(datom -> facts.add(Fact.of(datom)));
    return facts;
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
