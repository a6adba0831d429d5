/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.frame;

import java.util.ArrayList;
import java.util.List;

/// A server-sent event: an id, a type and data; empty where there is none.
///
/// Lines of the data end with a newline when read; carriage returns do not survive.
public record SseEvent(String id, String type, String data) {
  /// The event as it stands in a stream.
  public String text() {
    var out = new StringBuilder(data.length() + 64);
    if (!type.isEmpty()) {
      out.append("event: ").append(type).append('\n');
    }
    if (!id.isEmpty()) {
      out.append("id: ").append(id).append('\n');
    }
    String body = data.endsWith("\n") ? data.substring(0, data.length() - 1) : data;
    for (String line : body.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1)) {
      out.append("data: ").append(line).append('\n');
    }
    return out.append('\n').toString();
  }

  /// The events of a piece of a stream; what follows the last empty line is left out, and so are
  /// comments.
  public static List<SseEvent> parse(String stream) {
    var events = new ArrayList<SseEvent>();
    String[] blocks = stream.split("\n\n", -1);
    for (int i = 0; i < blocks.length - 1; i++) {
      var event = block(blocks[i]);
      if (!event.id().isEmpty() || !event.type().isEmpty() || !event.data().isEmpty()) {
        events.add(event);
      }
    }
    return List.copyOf(events);
  }

  private static SseEvent block(String block) {
    String id = "";
    String type = "";
    var data = new ArrayList<String>();
    for (String line : block.split("\n", -1)) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        continue;
      }
      String value = line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      switch (line.substring(0, colon)) {
        case "id" -> id = value;
        case "event" -> type = value;
        case "data" -> data.add(value);
        default -> {} // a field of later builds
      }
    }
    return new SseEvent(id, type, String.join("\n", data));
  }
}
