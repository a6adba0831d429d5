/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import page.bits.db.Held;
import page.bits.db.Session;
import page.bits.error.BitsException;

/// Someone whose presence a node's process holds: entities with ephemeral facts, changed now and
/// then, through one process after the other.
final class Holder {
  private static final int HELD_MAX = 4;
  private static final long PAUSE_NANOS_MAX = 600_000_000;

  private final int number;
  private final Simulation simulation;
  private final SplittableRandom random;
  private int left;
  private int names;

  Holder(int number, Simulation simulation, SplittableRandom random) {
    this.number = number;
    this.simulation = simulation;
    this.random = random;
    this.left = simulation.swarm().changesHeld();
  }

  boolean isDone() {
    return left <= 0;
  }

  /// Changes what is held until it is done or its process ends; once for each process of its node.
  void run(Life life) {
    var held = new ArrayList<Held>();
    boolean isWatching = false;
    while (left > 0 && !life.isOver()) {
      simulation.scheduler().sleep(random.nextLong(PAUSE_NANOS_MAX));
      try {
        Session session = life.connection().session();
        if (!isWatching) {
          session.onReplaced(_ -> simulation.reach(Reached.SESSION_REPLACED));
          isWatching = true;
        }
        left--;
        change(life, session, held);
      } catch (BitsException e) {
        life.checkExpected(e);
      }
    }
  }

  private void change(Life life, Session session, List<Held> held) {
    int choice = random.nextInt(10);
    if (held.isEmpty() || (choice < 4 && held.size() < HELD_MAX)) {
      Map<String, Object> facts = facts();
      Held one = session.hold(facts);
      held.add(one);
      life.holds(one, facts);
      return;
    }
    Held one = held.get(random.nextInt(held.size()));
    if (choice < 6) {
      Map<String, Object> facts = facts();
      one.replace(facts);
      life.holds(one, facts);
    } else if (choice < 7) {
      held.remove(one);
      life.letsGo(one);
      one.close();
    } else if (choice < 8) {
      var _ = one.await();
    } else {
      life.knowsSession(session.id());
    }
  }

  /// Names that nobody else has.
  private Map<String, Object> facts() {
    var facts = new LinkedHashMap<String, Object>();
    facts.put(":here/name", "held " + number + "." + ++names);
    int marks = random.nextInt(3);
    if (marks > 0) {
      var all = new TreeSet<Long>();
      for (int i = 0; i < marks; i++) {
        all.add(random.nextLong(5));
      }
      facts.put(":here/mark", all);
    }
    return facts;
  }
}
