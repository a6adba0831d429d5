/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import page.bits.db.Bound;
import page.bits.db.Datom;
import page.bits.db.DatomRange;
import page.bits.db.Index;
import page.bits.db.ReadSet;

final class IntervalIndexPropertyTest {
  private static final int STEPS = 4_000;

  private final long seed = seed();
  private final Random random = new Random(seed);

  private static long seed() {
    String given = System.getProperty("test.seed", "");
    return given.isEmpty() ? new Random().nextLong() : Long.parseLong(given);
  }

  @Test
  void touchedBy_randomRangesAndDatoms_findsWhatBruteForceFinds() {
    System.err.println("seed " + seed);
    var index = new IntervalIndex<Integer>();
    var model = new HashMap<Integer, ReadSet>();
    for (int step = 0; step < STEPS; step++) {
      int owner = random.nextInt(60);
      if (random.nextInt(4) == 0) {
        index.remove(owner);
        model.remove(owner);
      } else {
        ReadSet reads = reads();
        index.put(owner, reads);
        model.put(owner, reads);
      }
      List<Datom> datoms = List.of(datom(), datom());
      assertThat(index.touchedBy(datoms))
          .as("seed %d step %d", seed, step)
          .isEqualTo(bruteForce(model, datoms));
    }
  }

  private static Set<Integer> bruteForce(Map<Integer, ReadSet> model, List<Datom> datoms) {
    var hits = new LinkedHashSet<Integer>();
    model.forEach(
        (owner, reads) -> {
          if (reads.touchedBy(datoms)) {
            hits.add(owner);
          }
        });
    return hits;
  }

  private ReadSet reads() {
    var ranges = new ArrayList<DatomRange>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      ranges.add(range());
    }
    return new ReadSet(ranges);
  }

  private DatomRange range() {
    Index index = Index.values()[random.nextInt(4)];
    if (random.nextInt(20) == 0) {
      return new DatomRange(Bound.first(index), Bound.last(index));
    }
    Datom x = datom();
    int count = 1 + random.nextInt(4);
    Bound from = Bound.before(index, count, x.e(), x.a(), x.v(), x.tx());
    if (random.nextBoolean()) {
      return new DatomRange(from, Bound.after(index, count, x.e(), x.a(), x.v(), x.tx()));
    }
    Datom y = datom();
    Bound to = Bound.after(index, 1 + random.nextInt(4), y.e(), y.a(), y.v(), y.tx());
    return new DatomRange(from, to);
  }

  private Datom datom() {
    return new Datom(
        random.nextInt(8), random.nextInt(5), (long) random.nextInt(6), random.nextInt(9), true);
  }
}
