/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.frame;

import java.util.ArrayList;
import page.bits.db.Cursor;
import page.bits.live.block.Block;
import page.bits.live.fragment.Snapshot;
import page.bits.live.metrics.LiveMetrics;

/// One event of a stream: the cursor it leads to, and its markup, of blocks that others may share.
/// Immutable.
public final class Frame {
  /// The comment that shows a silent stream to be alive.
  public static final Block HEARTBEAT = Block.of(": \n\n");

  /// Says that the page can no longer be shown to this viewer: load it again.
  public static final Block LEAVE = Block.of("event: leave\ndata: \n\n");

  /// Says that the node is about to end: go on elsewhere, with the cursor.
  public static final Block DRAIN = Block.of("event: drain\ndata: \n\n");

  private static final Block END = Block.of("\n\n");

  private final Cursor to;
  private final int count;
  private final Block block;

  private Frame(Cursor to, int count, Block block) {
    this.to = to;
    this.count = count;
    this.block = block;
  }

  /// The frame that leads a viewer from `have` to the snapshot's point.
  public static Frame of(Snapshot snapshot, long have, LiveMetrics metrics) {
    return of(snapshot.at(), snapshot.newTo(have, metrics));
  }

  /// A frame of these partials.
  public static Frame of(Cursor to, Snapshot.Partials partials) {
    var blocks = new ArrayList<Block>(partials.blocks().size() + 2);
    blocks.add(Block.of("id: " + to + (partials.count() == 0 ? "\ndata: " : "")));
    blocks.addAll(partials.blocks());
    blocks.add(END);
    return new Frame(to, partials.count(), Block.join(blocks));
  }

  public Cursor to() {
    return to;
  }

  /// How many fragments it holds.
  public int count() {
    return count;
  }

  /// The event, with the empty line that ends it.
  public Block block() {
    return block;
  }
}
