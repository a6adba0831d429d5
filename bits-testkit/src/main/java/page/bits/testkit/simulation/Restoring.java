/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import page.bits.db.DbError;
import page.bits.db.Tx;
import page.bits.error.BitsException;

/// The storage is put back to an older copy while peers live on it (I36, I37): whoever had seen
/// more stops within a second and says why; it keeps answering `db()`. Whoever had not goes on.
final class Restoring {
  private static final long SECOND = 1_000_000_000L;

  private final Simulation simulation;
  private final SplittableRandom random;

  Restoring(Simulation simulation, SplittableRandom random) {
    this.simulation = simulation;
    this.random = random;
  }

  void run() {
    SimulatedStore store = simulation.store();
    int lost = 1 + random.nextInt(3);
    long left = store.headPosition() - lost;
    long leftT = simulation.newestT(left);
    List<Life> ahead = new ArrayList<>();
    for (Node node : simulation.nodes()) {
      Life life = Objects.requireNonNull(node.life());
      if (life.connection().db().basisT() > leftT) {
        ahead.add(life);
      }
    }
    List<Process> processes = ahead.stream().map(Life::process).toList();
    store.restore(lost, processes::contains);
    simulation.pass(SECOND);
    var asked = new ArrayList<Life>();
    for (Life life : ahead) {
      asked.add(life);
      life.start(
          "ask",
          () -> {
            check(life);
            asked.remove(life);
          });
    }
    simulation.await(36, "a stopped peer answers", asked::isEmpty, 1);
  }

  private void check(Life life) {
    if (simulation.store().isRegained()) {
      return;
    }
    String name = life.process().name();
    try {
      var _ = life.connection().transact(Tx.of(List.of()));
      throw new Violation(36, name + " commits to a log that it does not know");
    } catch (BitsException e) {
      Violation.check(e.is(DbError.LOG_FORKED), 36, "%s stopped for another reason: %s", name, e);
      simulation.reach(Reached.FORK_DETECTED);
    }
    try {
      var reports = life.connection().txReports();
      var _ = reports.poll(java.time.Duration.ZERO);
      throw new Violation(36, name + " reports from a log that it does not know");
    } catch (BitsException e) {
      Violation.check(e.is(DbError.LOG_FORKED), 36, "%s reports on: %s", name, e);
    }
    Violation.check(life.connection().db().basisT() > 0, 36, "%s lost its value", name);
  }
}
