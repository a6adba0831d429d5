/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.frame;

import java.nio.charset.StandardCharsets;
import java.util.List;
import page.bits.db.Cursor;
import page.bits.live.fragment.Snapshot;

/// One event of a stream: the cursor it leads to, and its markup. Immutable.
public final class Frame {
  /// The comment that shows a silent stream to be alive.
  public static final String HEARTBEAT = ": \n\n";

  private final Cursor to;
  private final int count;
  private final String text;

  private Frame(Cursor to, int count, String text) {
    this.to = to;
    this.count = count;
    this.text = text;
  }

  /// The frame that leads a viewer from `have` to the snapshot's point.
  public static Frame of(Snapshot snapshot, long have) {
    return of(snapshot.at(), snapshot.newTo(have));
  }

  /// A frame of these elements.
  public static Frame of(Cursor to, List<Snapshot.Element> elements) {
    var data = new StringBuilder();
    for (Snapshot.Element element : elements) {
      data.append("<hx-partial hx-target=\"#")
          .append(element.domId())
          .append("\" hx-swap=\"outerMorph\">")
          .append(element.html())
          .append("</hx-partial>\n");
    }
    return new Frame(to, elements.size(), new SseEvent(to.toString(), "", data.toString()).text());
  }

  public Cursor to() {
    return to;
  }

  /// How many fragments it holds.
  public int count() {
    return count;
  }

  /// The event's text, with the empty line that ends it.
  public String text() {
    return text;
  }

  public byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
