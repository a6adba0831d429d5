/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import page.bits.db.AttributeInfo;
import page.bits.db.Cursor;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Index;
import page.bits.db.spi.DatabaseId;
import page.bits.testkit.model.NaiveDb;
import page.bits.testkit.simulation.Replay.Logged;

/// What is held against the log when a run has come to rest.
final class Checks {
  private final Simulation simulation;
  private final Replay replay;
  private final Map<Long, AttributeInfo> schema = new HashMap<>();

  private Checks(Simulation simulation, Replay replay) {
    this.simulation = simulation;
    this.replay = replay;
  }

  /// Every invariant that a run without a restore has to keep.
  static void all(Simulation simulation) {
    Db newest =
        simulation.nodes().stream()
            .map(node -> Objects.requireNonNull(node.life()).connection().db())
            .max(java.util.Comparator.comparingLong(Db::basisT))
            .orElseThrow();
    DatabaseId database = Simulation.database(simulation.store().memory()).orElseThrow();
    var replay =
        new Replay(database, simulation.store().log(), newest, simulation.history().submitted());
    new AnswerChecks(simulation, replay).run();
    var checks = new Checks(simulation, replay);
    checks.feed();
    checks.values(newest);
    new SessionChecks(simulation, replay).run();
  }

  /// I23, I24: every subscriber got exactly what follows its start, and nothing before it was
  /// there.
  private void feed() {
    for (Subscriber subscriber : simulation.subscribers()) {
      Cursor start = Objects.requireNonNull(subscriber.start());
      List<Logged> expected =
          replay.log().stream().filter(logged -> logged.t() > start.t()).toList();
      List<Subscriber.Seen> seen = subscriber.seen();
      Violation.check(
          seen.size() == expected.size(),
          23,
          "%s got %d reports of %d",
          subscriber,
          seen.size(),
          expected.size());
      for (int i = 0; i < seen.size(); i++) {
        Violation.check(
            seen.get(i).cursor().equals(expected.get(i).cursor()),
            23,
            "%s got %s for %s",
            subscriber,
            seen.get(i).cursor(),
            expected.get(i).cursor());
        Violation.check(
            seen.get(i).data().equals(expected.get(i).record().txData()),
            23,
            "%s got %s for %s",
            subscriber,
            seen.get(i).data(),
            expected.get(i).record().txData());
        Violation.check(
            expected.get(i).position() <= seen.get(i).head(),
            24,
            "%s got %s before it was committed",
            subscriber,
            seen.get(i).cursor());
      }
    }
  }

  /// I4, I11, I16 to I18: every peer, every value kept, and views at moments drawn from the seed
  /// are what the words of the log say.
  private void values(Db newest) {
    for (Datom word : replay.words()) {
      schema.computeIfAbsent(word.a(), a -> newest.attribute(a).orElseThrow());
    }
    Logged head = replay.log().getLast();
    var live = new ArrayList<Db>();
    for (Node node : simulation.nodes()) {
      var connection = Objects.requireNonNull(node.life()).connection();
      Violation.check(
          connection.cursor().equals(head.cursor()), 4, "a peer is at %s", connection.cursor());
      live.add(connection.db());
    }
    NaiveDb all = NaiveDb.of(replay.words(), schema);
    SplittableRandom random = simulation.random();
    Db chosen = live.get(random.nextInt(live.size()));
    for (Index index : Index.values()) {
      same(16, chosen.datoms(index), all.datoms(index), "the newest value, " + index);
    }
    List<Datom> now = all.datoms(Index.EAVT);
    for (Db db : live) {
      same(11, db.datoms(Index.EAVT), now, "the newest value of another peer");
    }
    for (Db sample : simulation.history().samples()) {
      long basisT = sample.basisT();
      NaiveDb then = all.until(basisT);
      same(16, sample.datoms(Index.EAVT), then.datoms(Index.EAVT), "kept from " + basisT);
      same(
          17,
          chosen.asOf(basisT).datoms(Index.EAVT),
          all.asOf(basisT).datoms(Index.EAVT),
          "as of " + basisT);
    }
    long t = replay.log().get(random.nextInt(replay.log().size())).t();
    same(18, chosen.since(t).datoms(Index.EAVT), all.since(t).datoms(Index.EAVT), "since " + t);
    same(
        18,
        chosen.asOf(t).history().datoms(Index.EAVT),
        all.asOf(t).history().datoms(Index.EAVT),
        "history to " + t);
    Optional<Db> sample = simulation.history().samples().stream().findFirst();
    sample.ifPresent(
        db -> {
          long to = db.basisT();
          long asked = Math.min(t, to);
          same(
              17,
              db.asOf(asked).datoms(Index.EAVT),
              all.asOf(asked).datoms(Index.EAVT),
              "as of " + asked + " in " + to);
        });
  }

  private static void same(int invariant, Iterable<Datom> real, List<Datom> expected, String what) {
    var there = new ArrayList<Datom>();
    real.forEach(there::add);
    Violation.check(
        there.equals(expected),
        invariant,
        "%s: %d datoms, and %d by the log",
        what,
        there.size(),
        expected.size());
  }
}
