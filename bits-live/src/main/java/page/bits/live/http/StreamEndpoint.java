/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import page.bits.db.Cursor;
import page.bits.live.LiveErrors;
import page.bits.live.LiveSettings;
import page.bits.live.Page;
import page.bits.live.Viewer;
import page.bits.live.fragment.LiveNode;
import page.bits.live.fragment.Seen;
import page.bits.live.fragment.Snapshot;
import page.bits.live.fragment.Watch;
import page.bits.live.frame.Frame;

/// `/-/stream`: what changes on a page, as it changes.
///
/// One thread writes to each reader. While a write takes its time, what happens is not queued: the
/// next frame leads to the newest state.
final class StreamEndpoint {
  static final String TYPE = "text/event-stream; charset=utf-8";

  private static final byte[] NOTHING = {};
  private static final long END_CHECK_NANOS = 10_000_000;

  private static final List<LiveResponse.Header> HEADERS =
      List.of(
          new LiveResponse.Header("Cache-Control", "no-store, no-transform"),
          new LiveResponse.Header("X-Accel-Buffering", "no"),
          new LiveResponse.Header("X-Content-Type-Options", "nosniff"),
          new LiveResponse.Header("Vary", "Accept-Encoding"));

  private final Routes routes;
  private final LiveNode node;
  private final CursorGate gate;
  private final Attendance attendance;
  private final LiveSettings settings;
  private final Set<Watch> open = ConcurrentHashMap.newKeySet();
  private volatile boolean isDraining;

  StreamEndpoint(
      Routes routes, LiveNode node, CursorGate gate, Attendance attendance, LiveSettings settings) {
    this.attendance = attendance;
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
    Viewer viewer = Visitors.of(request);
    String tag = fields.get("viewer");
    if (tag != null && !tag.equals(Visitors.tag(viewer))) {
      throw LiveErrors.otherViewer();
    }
    Cursor cursor = gate.require(text);
    boolean isGzip = Encodings.acceptsGzip(request);
    return new LiveResponse.Stream(
        200,
        isGzip ? Encodings.withGzip(HEADERS) : HEADERS,
        TYPE,
        sink -> run(found, viewer, cursor, new Line(sink, isGzip)));
  }

  /// A path without what may follow it.
  static String plain(String path) {
    int end = path.indexOf('?');
    return end < 0 ? path : path.substring(0, end);
  }

  private void run(Routes.Found<Page> found, Viewer viewer, Cursor cursor, Line line)
      throws IOException, InterruptedException {
    node.metrics().streamOpened();
    var params = new Page.Params(found.variables());
    try (Watch watch = node.watch(found.what(), params, viewer);
        var seat = new Seat(() -> attendance.arrive(found.what(), params, viewer))) {
      open.add(watch);
      line.onGone(watch.signal()::close);
      if (isDraining) {
        watch.signal().drain();
      }
      try {
        line.send(line.encoded(Frame.HEARTBEAT)); // the first byte says that the stream stands
        follow(watch, seat, cursor.t(), line);
        line.end();
      } finally {
        open.remove(watch);
      }
    } finally {
      node.metrics().streamClosed();
    }
  }

  /* While bytes are on their way to a slow reader, nothing but those bytes is held for it: neither
   * the snapshot that they were made of, nor what comes meanwhile.
   */
  private void follow(Watch watch, Seat seat, long from, Line line)
      throws IOException, InterruptedException {
    long have = from;
    while (!watch.signal().isClosed()) {
      Step step = next(watch, seat, have, line);
      line.send(step.bytes());
      if (step.isLast()) {
        return;
      }
      have = step.have();
      long calls = watch.signal().await(settings.heartbeat());
      if (calls == 0) {
        line.send(line.encoded(Frame.HEARTBEAT));
      } else {
        node.metrics().framesSkipped(calls - 1);
      }
    }
    if (watch.signal().isDraining()) {
      line.send(line.encoded(Frame.DRAIN));
    }
  }

  /// The viewer is there once the page was found to be for them, and until the stream ends.
  private static final class Seat implements AutoCloseable {
    private final Supplier<Attendance.Place> arrival;
    private Attendance.@Nullable Place place;

    private Seat(Supplier<Attendance.Place> arrival) {
      this.arrival = arrival;
    }

    void take() {
      if (place == null) {
        place = arrival.get();
      }
    }

    @Override
    public void close() {
      if (place != null) {
        place.close();
      }
    }
  }

  /// What is to be sent now, and where the reader is then.
  private record Step(byte[] bytes, long have, boolean isLast) {}

  private Step next(Watch watch, Seat seat, long have, Line line) {
    return switch (watch.newest().orElse(null)) {
      case null -> new Step(NOTHING, have, /* isLast= */ false);
      case Seen.Turned _ -> new Step(line.encoded(Frame.LEAVE), have, /* isLast= */ true);
      case Snapshot snapshot -> {
        seat.take();
        yield new Step(
            lead(snapshot, have, line), Math.max(have, snapshot.at().t()), /* isLast= */ false);
      }
    };
  }

  /// The frame that leads the reader to the snapshot. When it is there already, or nothing changed
  /// in between, it needs none.
  private byte[] lead(Snapshot snapshot, long have, Line line) {
    if (snapshot.at().t() <= have) {
      return NOTHING;
    }
    Frame frame = snapshot.shared(have, () -> Frame.of(snapshot, have, node.metrics()));
    if (frame.count() == 0) {
      return NOTHING;
    }
    node.metrics().frameSent();
    return line.encoded(frame.block());
  }

  /// Tells the open streams that the node ends, the i-th of n after i/n of the time, and waits
  /// until they have ended; at most as long as a write may take.
  void drain() {
    isDraining = true;
    List<Watch> all = List.copyOf(open);
    long began = System.nanoTime();
    try {
      for (int i = 0; i < all.size(); i++) {
        long due = settings.drain().toNanos() * i / all.size();
        pause(began + due - System.nanoTime());
        all.get(i).signal().drain();
      }
      open.forEach(late -> late.signal().drain()); // opened while the first was told
      long until = System.nanoTime() + settings.writeTimeout().toNanos();
      while (!open.isEmpty() && System.nanoTime() - until < 0) {
        pause(END_CHECK_NANOS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause(long nanos) throws InterruptedException {
    if (nanos > 0) {
      Thread.sleep(Duration.ofNanos(nanos));
    }
  }
}
