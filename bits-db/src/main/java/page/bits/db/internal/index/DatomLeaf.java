/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import page.bits.db.Bound;
import page.bits.db.Datom;

/// A node of datoms in order. Only the root is ever empty.
final class DatomLeaf implements DatomNode {
  static final DatomLeaf EMPTY = new DatomLeaf(new Datom[0]);

  private final Datom[] datoms;

  DatomLeaf(Datom[] datoms) {
    this.datoms = datoms;
  }

  @Override
  public Datom first() {
    return datoms[0];
  }

  @Override
  public int width() {
    return datoms.length;
  }

  @Override
  public long size() {
    return datoms.length;
  }

  Datom datom(int i) {
    return datoms[i];
  }

  /// How many datoms lie before the cut.
  int rank(Bound cut) {
    return firstAfter(datoms, cut);
  }

  /// The first of these datoms that does not lie before the cut; their number when there is none.
  static int firstAfter(Datom[] sorted, Bound cut) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cut.compareDatom(sorted[middle]) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public List<DatomNode> edit(DatomEdits edits, int from, int to) {
    var merged = new Datom[datoms.length + to - from];
    int count = 0;
    int mine = 0;
    for (int i = from; i < to; i++) {
      Datom edit = edits.datom(i);
      int place = edits.firstFrom(datoms, edit, mine, datoms.length);
      System.arraycopy(datoms, mine, merged, count, place - mine);
      count += place - mine;
      mine = place;
      boolean isHere = mine < datoms.length && edits.order().compare(datoms[mine], edit) == 0;
      if (isHere) {
        mine++;
      }
      if (edits.isAddition(i)) {
        if (count == 0 || !merged[count - 1].equals(edit)) { // a batch may repeat a datom
          merged[count++] = edit;
          edits.changeSize(isHere ? 0 : 1);
        }
      } else if (isHere) {
        edits.changeSize(-1);
      }
    }
    System.arraycopy(datoms, mine, merged, count, datoms.length - mine);
    count += datoms.length - mine;
    return cut(merged, count, /* appended= */ isAppend(edits, from));
  }

  private boolean isAppend(DatomEdits edits, int from) {
    return datoms.length > 0
        && edits.order().compare(datoms[datoms.length - 1], edits.datom(from)) < 0;
  }

  DatomLeaf joined(DatomLeaf right) {
    Datom[] all = Arrays.copyOf(datoms, datoms.length + right.datoms.length);
    System.arraycopy(right.datoms, 0, all, datoms.length, right.datoms.length);
    return new DatomLeaf(all);
  }

  /// Leaves over the first `count` datoms: full ones when datoms arrive in order, else evenly
  /// filled.
  private static List<DatomNode> cut(Datom[] datoms, int count, boolean appended) {
    int pieces = (count + DatomNode.SIZE_MAX - 1) / DatomNode.SIZE_MAX;
    var leaves = new ArrayList<DatomNode>(pieces);
    int start = 0;
    for (int piece = 0; piece < pieces; piece++) {
      int width =
          appended
              ? Math.min(DatomNode.SIZE_MAX, count - start)
              : (count - start + pieces - piece - 1) / (pieces - piece);
      leaves.add(new DatomLeaf(Arrays.copyOfRange(datoms, start, start + width)));
      start += width;
    }
    return leaves;
  }
}
