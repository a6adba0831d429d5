/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.List;
import page.bits.db.Datom;

/// A node of a [DatomTree]. Immutable.
sealed interface DatomNode permits DatomLeaf, DatomBranch {
  /// The most entries of a node: leaves hold datoms, branches hold nodes.
  int SIZE_MAX = 64;

  /// The first datom below; a node inside a tree has one.
  Datom first();

  /// The nodes of this level that replace this one after the edits [from, to); none when it became
  /// empty.
  List<DatomNode> edit(DatomEdits edits, int from, int to);

  int width();

  /// How many datoms are below.
  long size();
}
