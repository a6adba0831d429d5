/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import page.bits.db.Cursor;
import page.bits.live.frame.SseEvent;

/// What a page shows, by the rules for clients in `docs/reference/stream.md`. Confined to its
/// owner.
public final class PageModel {
  private static final Pattern PARTIAL =
      Pattern.compile(
          "(?s)<hx-partial hx-target=\"#([\\w-]+)\" hx-swap=\"outerMorph\">(.*?)</hx-partial>");

  private String html;
  private Cursor have;

  /// Fragments that show what is wrong with a form, and how they look to everybody else: no frame
  /// touches them until a submit succeeds.
  private final Map<String, String> held = new HashMap<>();

  /// What taking an event came to.
  public enum Taken {
    /// The page shows it.
    APPLIED,
    /// It leads nowhere beyond what the page has.
    OLD,
    /// The page has to be loaded again.
    RELOAD,
    /// The stream has to be opened again, at another node.
    RECONNECT
  }

  public PageModel(String html, Cursor have) {
    this.html = html;
    this.have = have;
  }

  public String html() {
    return html;
  }

  public Cursor cursor() {
    return have;
  }

  /// The element with that id; empty when there is none.
  public String element(String id) {
    Markup.Span span = Markup.element(html, id);
    return span.from() < 0 ? "" : span.of(html);
  }

  /// Takes an event of a stream, or of the answer to a submit.
  public Taken take(SseEvent event) {
    if (event.type().equals("leave")) {
      return Taken.RELOAD;
    } else if (event.type().equals("drain")) {
      return Taken.RECONNECT;
    }
    Cursor to = Cursor.parse(event.id()).orElseThrow();
    if (to.t() <= have.t()) {
      return Taken.OLD;
    }
    if (!apply(event.data())) {
      return Taken.RELOAD;
    }
    have = to;
    return Taken.APPLIED;
  }

  /// Puts all partials into the page, or none when a target is missing.
  private boolean apply(String data) {
    List<String[]> partials = partials(data);
    for (String[] partial : partials) {
      if (Markup.element(html, partial[0]).from() < 0) {
        return false;
      }
    }
    for (String[] partial : partials) {
      if (!isWithinHeld(partial)) {
        replace(partial[0], keepHeld(partial[1]));
      }
    }
    return true;
  }

  private static List<String[]> partials(String data) {
    var partials = new ArrayList<String[]>();
    Matcher all = PARTIAL.matcher(data);
    while (all.find()) {
      partials.add(new String[] {all.group(1), all.group(2)});
    }
    return partials;
  }

  private void replace(String id, String element) {
    Markup.Span span = Markup.element(html, id);
    html = html.substring(0, span.from()) + element + html.substring(span.to());
  }

  /// Whether a partial's place is a held fragment or lies in one: then it waits for the release.
  private boolean isWithinHeld(String[] partial) {
    for (Map.Entry<String, String> each : held.entrySet()) {
      String shared = each.getValue();
      Markup.Span inside = Markup.element(shared, partial[0]);
      if (inside.from() >= 0) {
        each.setValue(
            shared.substring(0, inside.from()) + partial[1] + shared.substring(inside.to()));
        return true;
      }
    }
    return false;
  }

  /// The element with every held fragment in it as the page shows it now.
  private String keepHeld(String element) {
    String kept = element;
    for (Map.Entry<String, String> each : held.entrySet()) {
      String id = each.getKey();
      Markup.Span inside = Markup.element(kept, id);
      if (inside.from() >= 0) {
        each.setValue(inside.of(kept));
        kept = kept.substring(0, inside.from()) + element(id) + kept.substring(inside.to());
      }
    }
    return kept;
  }

  /// Shows what is wrong with a form: the data of a 422. False when its place is missing.
  boolean hold(String data) {
    List<String[]> partials = partials(data);
    for (String[] partial : partials) {
      if (Markup.element(html, partial[0]).from() < 0) {
        return false;
      }
      held.putIfAbsent(partial[0], element(partial[0]));
      replace(partial[0], partial[1]);
    }
    return true;
  }

  /// A submit succeeded: forms look as they do to everybody else.
  void release() {
    held.forEach(
        (id, shared) -> {
          if (Markup.element(html, id).from() >= 0) {
            replace(id, shared);
          }
        });
    held.clear();
  }
}
