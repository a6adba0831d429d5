/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import page.bits.db.Cursor;
import page.bits.live.Form;
import page.bits.live.Fragment;
import page.bits.live.Html;
import page.bits.live.PageHead;

/// A page's tree as it was at one point of the log. Immutable and thread-safe; everybody who
/// watches the page shares it.
public final class Snapshot {
  private final Cursor at;
  private final Node root;
  private final Map<Long, Object> frames = new ConcurrentHashMap<>();

  /// A fragment's state with the states in its holes.
  record Node(LiveFragment fragment, Rendered state, List<Node> children) {}

  /// The markup of one element of the page, with its id.
  public record Element(String domId, String html) {}

  Snapshot(Cursor at, Node root) {
    this.at = at;
    this.root = root;
  }

  /// The point at which the page looked like this.
  public Cursor at() {
    return at;
  }

  public PageHead head() {
    return root.state().output().head();
  }

  /// The whole page.
  public String html() {
    var out = new StringBuilder();
    write(root, out, Map.of());
    return out.toString();
  }

  /// The whole page with another output for one fragment.
  public String htmlWith(String domId, Html replacement) {
    var out = new StringBuilder();
    write(root, out, Map.of(domId, replacement));
    return out.toString();
  }

  /// The outermost elements that a viewer with the state of `have` may not have.
  public List<Element> newTo(long have) {
    var elements = new ArrayList<Element>();
    collect(root, have, elements);
    return elements;
  }

  private static void collect(Node node, long have, List<Element> elements) {
    if (node.state().isNewTo(have)) {
      var out = new StringBuilder();
      write(node, out, Map.of());
      elements.add(new Element(node.fragment().domId(), out.toString()));
      return;
    }
    for (Node child : node.children()) {
      collect(child, have, elements);
    }
  }

  /// What was made of this snapshot for viewers at `have`; made once.
  @SuppressWarnings("unchecked") // one kind of value per snapshot: the frames of its user
  public <F> F shared(long have, Function<Snapshot, F> make) {
    return (F) frames.computeIfAbsent(have, _ -> make.apply(this));
  }

  private static void write(Node node, StringBuilder out, Map<String, Html> replacements) {
    LiveFragment fragment = node.fragment();
    open(out, fragment);
    Html other = replacements.get(fragment.domId());
    Html html = other == null ? node.state().output().html() : other;
    var children = new HashMap<LiveFragment.Key, Node>();
    node.children().forEach(child -> children.put(child.fragment().key(), child));
    for (Html.Part part : html.parts()) {
      switch (part) {
        case Html.Part.Markup(String markup) -> out.append(markup);
        case Html.Part.Hole(Fragment<?> inner, Object params) -> {
          Node child = children.get(new LiveFragment.Key(inner, params));
          if (child != null) {
            write(child, out, replacements);
          }
        }
      }
    }
    out.append("</").append(fragment.tag()).append('>');
  }

  private static void open(StringBuilder out, LiveFragment fragment) {
    out.append('<').append(fragment.tag()).append(" id=\"").append(fragment.domId()).append("\">");
  }

  /// One fragment of this page with its form filled in; empty html when the page does not show it.
  public List<Element> filled(Html.Part.Hole place, Moment moment, Form form) {
    var key = new LiveFragment.Key(place.fragment(), place.params());
    List<Node> path = find(root, key);
    if (path.isEmpty()) {
      return List.of();
    }
    Node node = path.getFirst();
    Html html = node.fragment().render(moment.db(), form).html();
    var out = new StringBuilder();
    write(node, out, Map.of(node.fragment().domId(), html));
    return List.of(new Element(node.fragment().domId(), out.toString()));
  }

  /// The whole page with the form of one fragment filled in.
  public String htmlFilled(Html.Part.Hole place, Moment moment, Form form) {
    var key = new LiveFragment.Key(place.fragment(), place.params());
    List<Node> path = find(root, key);
    if (path.isEmpty()) {
      return html();
    }
    LiveFragment fragment = path.getFirst().fragment();
    return htmlWith(fragment.domId(), fragment.render(moment.db(), form).html());
  }

  private static List<Node> find(Node node, LiveFragment.Key key) {
    if (node.fragment().key().equals(key)) {
      return List.of(node);
    }
    for (Node child : node.children()) {
      List<Node> found = find(child, key);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }
}
