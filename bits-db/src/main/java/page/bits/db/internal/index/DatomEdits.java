/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import page.bits.db.Datom;

/// One batch of changes to a [DatomTree], in sort order: what to add and what to remove. Confined
/// to one call.
final class DatomEdits {
  private final Comparator<Datom> order;
  private final Datom[] datoms;
  private final boolean[] adds;

  /// How many datoms there are more or fewer, once the batch is worked in.
  private long sizeChange;

  private DatomEdits(Comparator<Datom> order, Datom[] datoms, boolean[] adds) {
    this.order = order;
    this.datoms = datoms;
    this.adds = adds;
  }

  static DatomEdits of(Comparator<Datom> order, List<Datom> added, List<Datom> removed) {
    Datom[] plus = added.toArray(new Datom[0]);
    Datom[] minus = removed.toArray(new Datom[0]);
    Arrays.sort(plus, order);
    Arrays.sort(minus, order);
    var datoms = new Datom[plus.length + minus.length];
    var adds = new boolean[datoms.length];
    int p = 0;
    int m = 0;
    for (int i = 0; i < datoms.length; i++) {
      boolean takePlus =
          m == minus.length || (p < plus.length && order.compare(plus[p], minus[m]) < 0);
      adds[i] = takePlus;
      datoms[i] = takePlus ? plus[p++] : minus[m++];
    }
    return new DatomEdits(order, datoms, adds);
  }

  int size() {
    return datoms.length;
  }

  Datom datom(int edit) {
    return datoms[edit];
  }

  boolean isAddition(int edit) {
    return adds[edit];
  }

  Comparator<Datom> order() {
    return order;
  }

  long sizeChange() {
    return sizeChange;
  }

  void changeSize(int by) {
    sizeChange += by;
  }

  /// The first edit in [from, to) that does not lie before `datom`.
  int split(Datom datom, int from, int to) {
    return firstFrom(datoms, datom, from, to);
  }

  /// The first place in [from, to) of these sorted datoms that does not lie before `datom`.
  int firstFrom(Datom[] sorted, Datom datom, int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (order.compare(sorted[middle], datom) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
