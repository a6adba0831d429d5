/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.util.List;
import org.jspecify.annotations.Nullable;
import page.bits.live.Fragment;
import page.bits.live.Html;
import page.bits.live.PageHead;
import page.bits.live.block.Block;

/// What a fragment put out, and its own markup as blocks, made when first needed. Immutable; equal
/// by the output.
final class Rendering {
  /// Stands in the place of a fragment that threw.
  static final Rendering FAILED =
      new Rendering(
          new Fragment.Output(
              Html.trusted(
                  "<p class=\"bits-error\" role=\"alert\">"
                      + "This part cannot be shown at the moment.</p>"),
              new PageHead("", 500)));

  private final Fragment.Output output;
  private volatile @Nullable List<Block> blocks;

  Rendering(Fragment.Output output) {
    this.output = output;
  }

  Fragment.Output output() {
    return output;
  }

  List<Html.Part> parts() {
    return output.html().parts();
  }

  /// A block for each part: empty for a hole.
  List<Block> blocks(Runnable whenMade) {
    List<Block> known = blocks;
    if (known == null) {
      known = parts().stream().map(Rendering::block).toList();
      whenMade.run();
      blocks = known;
    }
    return known;
  }

  private static Block block(Html.Part part) {
    return switch (part) {
      case Html.Part.Markup(String markup) -> Block.of(DataLines.of(markup));
      case Html.Part.Hole _ -> Block.of("");
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Rendering rendering && output.equals(rendering.output);
  }

  @Override
  public int hashCode() {
    return output.hashCode();
  }
}
