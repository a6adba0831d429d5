/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.util.List;
import org.jspecify.annotations.Nullable;
import page.bits.live.Fragment;
import page.bits.live.Html;
import page.bits.live.block.Block;
import page.bits.live.metrics.LiveMetrics;

/// A fragment's state with those in its holes: a tree as it stands in a page. Immutable and
/// thread-safe. One that holds nothing but shared fragments below itself is one object for all who
/// see it, and so are its blocks.
final class Node {
  private final Key.Render key;
  private final State<Rendering> state;
  private final List<Place> children;
  private final String domId;
  private final boolean isPure;
  private volatile @Nullable Block element;
  private volatile @Nullable Block partial;

  /// A node where its parent shows it. `sight` is the state of what its scope made of the viewer;
  /// null when the fragment is not scoped.
  record Place(Node node, @Nullable State<Record> sight) {
    private boolean isPure() {
      return node.key.fragment().kind() == Fragment.Kind.SHARED && node.isPure;
    }

    private boolean isNewTo(long have) {
      State<Record> seen = sight;
      return node.state.isNewTo(have) || (seen != null && seen.isNewTo(have));
    }
  }

  Node(Key.Render key, State<Rendering> state, List<Place> children) {
    this.key = key;
    this.state = state;
    this.children = List.copyOf(children);
    this.domId = DomId.of(key);
    this.isPure = this.children.stream().allMatch(Place::isPure);
  }

  /// Whether it is the same for all viewers who see its fragment.
  boolean isPure() {
    return isPure;
  }

  /// Whether it was made of the same states.
  boolean isOf(State<Rendering> other, List<Place> otherChildren) {
    return state == other && children.equals(otherChildren);
  }

  Key.Render key() {
    return key;
  }

  String domId() {
    return domId;
  }

  State<Rendering> state() {
    return state;
  }

  List<Place> children() {
    return children;
  }

  // As text

  private String open() {
    return "<" + key.fragment().tag() + " id=\"" + domId + "\">";
  }

  private String close() {
    return "</" + key.fragment().tag() + ">";
  }

  /// Writes the element; the fragment of `other`'s key with that output instead of its own.
  void write(StringBuilder out, @Nullable Instead other) {
    out.append(open());
    boolean isOther = other != null && other.key().equals(key);
    List<Html.Part> parts = isOther && other != null ? other.html().parts() : state.value().parts();
    for (Html.Part part : parts) {
      switch (part) {
        case Html.Part.Markup(String markup) -> out.append(markup);
        case Html.Part.Hole hole -> {
          Place child = child(hole);
          if (child != null) {
            child.node().write(out, other);
          }
        }
      }
    }
    out.append(close());
  }

  /// Another output for one fragment of a tree.
  record Instead(Key.Render key, Html html) {}

  private @Nullable Place child(Html.Part.Hole hole) {
    for (Place child : children) {
      Key.Render inner = child.node().key;
      if (inner.fragment().equals(hole.fragment()) && inner.params().equals(hole.params())) {
        return child;
      }
    }
    return null;
  }

  @Nullable Node find(Html.Part.Hole place) {
    if (key.fragment().equals(place.fragment()) && key.params().equals(place.params())) {
      return this;
    }
    for (Place child : children) {
      Node found = child.node().find(place);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  // As blocks of a frame

  /// Adds a partial for each outermost fragment that a viewer at `have` may not have; returns how
  /// many there are.
  int addNew(Place self, long have, List<Block> out, LiveMetrics metrics) {
    if (self.isNewTo(have)) {
      return addWhole(out, metrics);
    }
    int count = 0;
    for (Place child : children) {
      count += child.node().addNew(child, have, out, metrics);
    }
    return count;
  }

  /// Adds a partial of this fragment with all that is in it; returns that it is one.
  int addWhole(List<Block> out, LiveMetrics metrics) {
    addPartial(out, metrics);
    return 1;
  }

  private void addPartial(List<Block> out, LiveMetrics metrics) {
    String before = "\ndata: <hx-partial hx-target=\"#" + domId + "\" hx-swap=\"outerMorph\">";
    String after = "</hx-partial>";
    if (!isPure) {
      out.add(Block.of(before));
      addElement(out, metrics);
      out.add(Block.of(after));
      return;
    }
    Block known = partial;
    if (known == null) {
      known = made(before, after, metrics);
      partial = known;
    }
    out.add(known);
  }

  /// What is shared is one block, so that all can share it; of anything else each fragment's own
  /// markup is a block of its own: what is one viewer's is compressed apart from what others wrote.
  private void addElement(List<Block> out, LiveMetrics metrics) {
    if (isPure) {
      Block known = element;
      if (known == null) {
        known = made("", "", metrics);
        element = known;
      }
      out.add(known);
      return;
    }
    out.add(Block.of(open()));
    List<Html.Part> parts = state.value().parts();
    List<Block> own = state.value().blocks(() -> metrics.encoded(kind()));
    for (int i = 0; i < parts.size(); i++) {
      switch (parts.get(i)) {
        case Html.Part.Markup _ -> out.add(own.get(i));
        case Html.Part.Hole hole -> {
          Place child = child(hole);
          if (child != null) {
            child.node().addElement(out, metrics);
          }
        }
      }
    }
    out.add(Block.of(close()));
  }

  private Block made(String before, String after, LiveMetrics metrics) {
    var text = new StringBuilder();
    write(text, null);
    metrics.encoded(kind());
    return Block.of(before + DataLines.of(text.toString()) + after);
  }

  private String kind() {
    return switch (key.fragment().kind()) {
      case SHARED -> "shared";
      case SCOPED -> "scoped";
      case PERSONAL -> "personal";
    };
  }
}
