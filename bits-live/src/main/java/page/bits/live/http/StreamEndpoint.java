/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import page.bits.db.Cursor;
import page.bits.live.LiveErrors;
import page.bits.live.LiveSettings;
import page.bits.live.Page;
import page.bits.live.fragment.LiveNode;
import page.bits.live.fragment.Snapshot;
import page.bits.live.fragment.Watch;
import page.bits.live.frame.Frame;

/// `/-/stream`: what changes on a page, as it changes.
///
/// One thread writes to each reader. While a write takes its time, what happens is not queued: the
/// next frame leads to the newest state.
final class StreamEndpoint {
  static final String TYPE = "text/event-stream; charset=utf-8";

  private static final byte[] HEARTBEAT = Frame.HEARTBEAT.getBytes(StandardCharsets.UTF_8);
  private static final List<LiveResponse.Header> HEADERS =
      List.of(
          new LiveResponse.Header("Cache-Control", "no-store, no-transform"),
          new LiveResponse.Header("X-Accel-Buffering", "no"),
          new LiveResponse.Header("X-Content-Type-Options", "nosniff"));

  private final Routes routes;
  private final LiveNode node;
  private final CursorGate gate;
  private final LiveSettings settings;

  StreamEndpoint(Routes routes, LiveNode node, CursorGate gate, LiveSettings settings) {
    this.routes = routes;
    this.node = node;
    this.gate = gate;
    this.settings = settings;
  }

  LiveResponse open(LiveRequest request) {
    Map<String, String> fields = request.queryFields();
    String path = fields.getOrDefault("page", "");
    if (!path.startsWith("/")) {
      throw LiveErrors.invalidInput("page");
    }
    Routes.Found<Page> found = routes.page(plain(path)).orElseThrow(LiveErrors::pageNotFound);
    String text =
        Optional.ofNullable(fields.get("cursor"))
            .or(() -> request.header("last-event-id"))
            .orElseThrow(LiveErrors::invalidCursor);
    Cursor cursor = gate.require(text);
    return new LiveResponse.Stream(200, HEADERS, TYPE, sink -> run(found, cursor, sink));
  }

  /// A path without what may follow it.
  static String plain(String path) {
    int end = path.indexOf('?');
    return end < 0 ? path : path.substring(0, end);
  }

  private void run(Routes.Found<Page> found, Cursor cursor, LiveResponse.Sink sink)
      throws IOException, InterruptedException {
    node.metrics().streamOpened();
    try (Watch watch = node.watch(found.what().root(), new Page.Params(found.variables()))) {
      sink.send(HEARTBEAT); // the first byte says that the stream stands
      follow(watch, cursor.t(), sink);
    } finally {
      node.metrics().streamClosed();
    }
  }

  private void follow(Watch watch, long from, LiveResponse.Sink sink)
      throws IOException, InterruptedException {
    long have = from;
    while (!watch.signal().isClosed()) {
      Optional<Frame> frame = next(watch, have);
      if (frame.isPresent()) {
        have = frame.get().to().t(); // also when nothing changed: then the viewer has it already
        if (frame.get().count() > 0) {
          sink.send(frame.get().bytes());
          node.metrics().frameSent();
        }
      }
      long calls = watch.signal().await(settings.heartbeat());
      if (calls == 0) {
        sink.send(HEARTBEAT);
      } else {
        node.metrics().framesSkipped(calls - 1);
      }
    }
  }

  private Optional<Frame> next(Watch watch, long have) {
    Optional<Snapshot> newest = watch.newest();
    if (newest.isEmpty() || newest.get().at().t() <= have) {
      return Optional.empty();
    }
    return Optional.of(newest.get().shared(have, snapshot -> encode(snapshot, have)));
  }

  private Frame encode(Snapshot snapshot, long have) {
    node.metrics().encoded("frame");
    return Frame.of(snapshot, have);
  }
}
