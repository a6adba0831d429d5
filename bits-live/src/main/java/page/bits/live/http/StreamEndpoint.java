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
import page.bits.db.Cursor;
import page.bits.live.LiveErrors;
import page.bits.live.LiveSettings;
import page.bits.live.Page;
import page.bits.live.Viewer;
import page.bits.live.fragment.LiveNode;
import page.bits.live.fragment.Seen;
import page.bits.live.fragment.Snapshot;
import page.bits.live.fragment.Visit;
import page.bits.live.fragment.Watch;
import page.bits.live.frame.Frame;

/// `/-/stream`: what changes on a page, as it changes.
///
/// One thread writes to each reader. While a write takes its time, what happens is not queued: the
/// next frame leads to the newest state.
final class StreamEndpoint {
  static final String TYPE = "text/event-stream; charset=utf-8";

  private static final byte[] NOTHING = {};
  private static final int UNSEEN = -1;
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
  private final OpenStreams streams;
  private final Set<Watch> open = ConcurrentHashMap.newKeySet();
  private volatile boolean isDraining;

  StreamEndpoint(
      Routes routes, LiveNode node, CursorGate gate, Attendance attendance, LiveSettings settings) {
    this.attendance = attendance;
    this.routes = routes;
    this.node = node;
    this.gate = gate;
    this.settings = settings;
    this.streams = new OpenStreams(settings.perAddress().streamsMax());
  }

  /// Joins the page before it answers: what is too much is an error, not a stream. The stream is to
  /// be written, which leaves again.
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
    List<LiveResponse.Header> headers = isGzip ? Encodings.withGzip(HEADERS) : HEADERS;
    if (request.method().equals("HEAD")) {
      return new LiveResponse.Stream(200, headers, TYPE, _ -> {});
    }
    var params = new Page.Params(found.variables());
    var visit = new Visit(found.what(), params, viewer, Network.of(request.remoteAddress()));
    Watch watch = join(visit);
    return new LiveResponse.Stream(
        200, headers, TYPE, sink -> run(watch, visit, cursor, new Line(sink, isGzip)));
  }

  private Watch join(Visit visit) {
    streams.enter(visit.network());
    try {
      return node.watch(visit);
    } catch (RuntimeException refused) {
      streams.leave(visit.network());
      throw refused;
    }
  }

  /// A path without what may follow it.
  static String plain(String path) {
    int end = path.indexOf('?');
    return end < 0 ? path : path.substring(0, end);
  }

  private void run(Watch watch, Visit visit, Cursor cursor, Line line)
      throws IOException, InterruptedException {
    node.metrics().streamOpened();
    try (watch;
        var seat =
            new Seat(() -> attendance.arrive(visit.page(), visit.params(), visit.viewer()))) {
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
      streams.leave(visit.network());
    }
  }

  /* While bytes are on their way to a slow reader, nothing but those bytes is held for it: neither
   * the snapshot that they were made of, nor what comes meanwhile.
   */
  private void follow(Watch watch, Seat seat, long from, Line line)
      throws IOException, InterruptedException {
    long have = from;
    int repairs = UNSEEN;
    while (!watch.signal().isClosed()) {
      Step step = next(watch, seat, have, repairs, line);
      line.send(step.bytes());
      if (step.isLast()) {
        return;
      }
      have = step.have();
      repairs = step.repairs();
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

  /// The viewer is there once the page was found to be for them, and says so, and until the stream
  /// ends.
  private static final class Seat implements AutoCloseable {
    private final Supplier<Attendance.Place> arrival;
    private Attendance.Place place = Attendance.NOWHERE;

    private Seat(Supplier<Attendance.Place> arrival) {
      this.arrival = arrival;
    }

    void take() {
      if (place.equals(Attendance.NOWHERE)) {
        place = arrival.get();
      }
    }

    @Override
    public void close() {
      place.close();
    }
  }

  /// What is to be sent now, where the reader is then, and the repairs of what was seen last.
  private record Step(byte[] bytes, long have, int repairs, boolean isLast) {}

  private Step next(Watch watch, Seat seat, long have, int repairs, Line line) {
    return switch (watch.newest().orElse(null)) {
      case null -> new Step(NOTHING, have, repairs, /* isLast= */ false);
      case Seen.Turned _ -> last(line);
      case Snapshot snapshot when isReplaced(snapshot, have, repairs) -> last(line);
      case Snapshot snapshot -> {
        seat.take();
        yield new Step(
            lead(snapshot, have, line),
            Math.max(have, snapshot.at().t()),
            snapshot.repairs(),
            /* isLast= */ false);
      }
    };
  }

  private static Step last(Line line) {
    return new Step(line.encoded(Frame.LEAVE), 0, UNSEEN, /* isLast= */ true);
  }

  /// Whether the reader has this point with something in it that had failed.
  private static boolean isReplaced(Snapshot snapshot, long have, int repairs) {
    return repairs != UNSEEN && snapshot.at().t() == have && snapshot.repairs() > repairs;
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
