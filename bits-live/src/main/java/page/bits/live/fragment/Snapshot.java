/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import page.bits.db.Cursor;
import page.bits.db.Db;
import page.bits.live.Form;
import page.bits.live.Html;
import page.bits.live.PageHead;
import page.bits.live.block.Block;
import page.bits.live.metrics.LiveMetrics;

/// A page's tree as it was at one point of the log. Immutable and thread-safe; everybody who sees
/// the same shares it.
public final class Snapshot implements Seen {
  private final Cursor at;
  private final Node root;
  private final long wholeBefore;
  private final int repairs;
  private final Map<Long, Object> frames = new ConcurrentHashMap<>(2);

  /// `wholeBefore`: viewers with an older state than this t get the whole page.
  Snapshot(Cursor at, Node root, long wholeBefore) {
    this(at, root, wholeBefore, 0);
  }

  private Snapshot(Cursor at, Node root, long wholeBefore, int repairs) {
    this.at = at;
    this.root = root;
    this.wholeBefore = wholeBefore;
    this.repairs = repairs;
  }

  /// This snapshot, instead of another one of the same point in which something had failed.
  Snapshot mended(Snapshot failed) {
    return new Snapshot(at, root, wholeBefore, failed.repairs + 1);
  }

  /// How often what was seen of this point was replaced, since something had failed in it. No frame
  /// leads from one to the other: they are of one point.
  public int repairs() {
    return repairs;
  }

  /// This snapshot at a later point, up to which nothing in it changed.
  Snapshot at(Cursor later) {
    return later.equals(at) ? this : new Snapshot(later, root, wholeBefore);
  }

  @Override
  public Cursor at() {
    return at;
  }

  public PageHead head() {
    return root.state().value().output().head();
  }

  /// The whole page.
  public String html() {
    return html(null);
  }

  private String html(Node.@Nullable Instead other) {
    var out = new StringBuilder();
    root.write(out, other);
    return out.toString();
  }

  /// The partials that a viewer with the state of `have` may not have, outermost only.
  public Partials newTo(long have, LiveMetrics metrics) {
    var blocks = new ArrayList<Block>();
    int count =
        have < wholeBefore
            ? root.addWhole(blocks, metrics)
            : root.addNew(new Node.Place(root, null), have, blocks, metrics);
    return new Partials(count, blocks);
  }

  /// Partials as they stand in the data of an event: each begins a line.
  public record Partials(int count, List<Block> blocks) {
    public Partials {
      blocks = List.copyOf(blocks);
    }
  }

  /// What was made of this snapshot for viewers at `have`; made once.
  @SuppressWarnings("unchecked") // one kind of value per snapshot: the frames of its user
  public <F> F shared(long have, Supplier<F> make) {
    return (F) frames.computeIfAbsent(have, _ -> make.get());
  }

  /// One fragment of this page with its form filled in, for its sender alone; empty when the page
  /// does not show it.
  public Optional<Partials> filled(Html.Part.Hole place, Db db, Form form) {
    return instead(place, db, form)
        .map(
            other -> {
              Node node = java.util.Objects.requireNonNull(root.find(place));
              var out = new StringBuilder();
              node.write(out, other);
              String partial =
                  "\ndata: <hx-partial hx-target=\"#%s\" hx-swap=\"outerMorph\">%s</hx-partial>"
                      .formatted(node.domId(), DataLines.of(out.toString()));
              return new Partials(1, List.of(Block.of(partial)));
            });
  }

  /// The whole page with the form of one fragment filled in; as it is when it does not show it.
  public String htmlFilled(Html.Part.Hole place, Db db, Form form) {
    return html(instead(place, db, form).orElse(null));
  }

  private Optional<Node.Instead> instead(Html.Part.Hole place, Db db, Form form) {
    Node node = root.find(place);
    if (node == null) {
      return Optional.empty();
    }
    Html html = db.recorded(value -> node.key().output(value, form)).result().html();
    return Optional.of(new Node.Instead(node.key(), html));
  }
}
