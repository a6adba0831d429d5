/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import page.bits.db.Datom;
import page.bits.db.DatomOrder;
import page.bits.db.Index;
import page.bits.db.Partition;
import page.bits.db.internal.Seed;

/// The tree against a sorted set: the same datoms, in every range, after any batches.
class DatomTreePropertyTest {
  private final Random random = Seed.random("DatomTreePropertyTest");

  @Test
  void with_randomBatches_agreesWithSortedSet() {
    for (Index index : Index.values()) {
      var model = new TreeSet<>(DatomOrder.of(index));
      DatomTree tree = DatomTree.empty(index);
      for (int round = 0; round < 120; round++) {
        List<Datom> removed = some(model);
        List<Datom> added = fresh(model, removed, random.nextInt(150));
        DatomTree before = tree;
        List<Datom> contentBefore = new ArrayList<>(model);
        tree = tree.with(added, removed);
        removed.forEach(model::remove);
        model.addAll(added);
        assertThat(tree.size()).isEqualTo(model.size());
        assertThat(list(tree, Ranges.all(index))).containsExactlyElementsOf(model);
        assertThat(list(before, Ranges.all(index))).containsExactlyElementsOf(contentBefore);
        assertRangesAgree(index, tree, model);
      }
    }
  }

  @Test
  void with_everythingRemoved_isEmpty() {
    var datoms = fresh(new TreeSet<>(DatomOrder.of(Index.EAVT)), List.of(), 5_000);
    DatomTree tree = DatomTree.empty(Index.EAVT).with(datoms, List.of());
    tree = tree.with(List.of(), datoms);
    assertThat(tree.size()).isZero();
    assertThat(list(tree, Ranges.all(Index.EAVT))).isEmpty();
  }

  private void assertRangesAgree(Index index, DatomTree tree, TreeSet<Datom> model) {
    for (int i = 0; i < 10; i++) {
      Datom like = datom();
      var range = Ranges.prefix(index, random.nextInt(4), like.e(), like.a(), like.v());
      assertThat(list(tree, range))
          .containsExactlyElementsOf(model.stream().filter(range::contains).toList());
      assertThat(tree.count(range.from(), range.to())).isEqualTo(list(tree, range).size());
    }
  }

  private List<Datom> some(TreeSet<Datom> model) {
    var chosen = new ArrayList<Datom>();
    int oneIn = 1 + random.nextInt(10);
    for (Datom datom : model) {
      if (random.nextInt(oneIn) == 0) {
        chosen.add(datom);
      }
    }
    return random.nextInt(4) == 0 ? chosen : chosen.subList(0, Math.min(chosen.size(), 40));
  }

  private List<Datom> fresh(TreeSet<Datom> model, List<Datom> removed, int count) {
    var fresh = new TreeSet<Datom>(model.comparator());
    while (fresh.size() < count) {
      Datom datom = datom();
      if (!removed.contains(datom)) {
        fresh.add(datom);
      }
    }
    return new ArrayList<>(fresh);
  }

  private Datom datom() {
    return new Datom(
        random.nextInt(200),
        random.nextInt(8),
        (long) random.nextInt(20),
        Partition.tx(random.nextInt(30)),
        random.nextBoolean());
  }

  private static List<Datom> list(DatomTree tree, page.bits.db.DatomRange range) {
    var datoms = new ArrayList<Datom>();
    Iterator<Datom> iterator = tree.range(range.from(), range.to());
    iterator.forEachRemaining(datoms::add);
    return datoms;
  }
}
