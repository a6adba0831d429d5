/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import page.bits.db.Cursor;
import page.bits.db.Db;
import page.bits.live.Page;
import page.bits.live.Viewer;
import page.bits.live.frame.SseEvent;
import page.bits.live.http.LiveResponse;

/// A client that loses frames with its stream, gets some twice and some late, changes nodes, and
/// checks after every frame that it shows exactly what is fresh at that frame's point.
final class RandomReader {
  private final RandomSite site;
  private final Visitor visitor;
  private final Page page;
  private final String path;
  private final int nodes;
  private final Random dice;
  private final Viewer viewer;
  private final PageModel model;
  private final boolean isGzip;
  private final List<String> failures = new ArrayList<>();
  private final ArrayDeque<SseEvent> late = new ArrayDeque<>();
  private @Nullable Thread thread;
  private int applied;

  RandomReader(RandomSite site, Visitor visitor, Page page, int nodes, long seed) {
    this.site = site;
    this.visitor = visitor;
    this.page = page;
    this.path = page.root().name();
    this.nodes = nodes;
    this.dice = new Random(seed);
    this.isGzip = dice.nextBoolean();
    TestAnswer answer = visitor.get(path);
    this.viewer = viewer(visitor);
    Cursor cursor = Cursor.parse(answer.header("Bits-Cursor").orElseThrow()).orElseThrow();
    this.model = new PageModel(answer.body().replace("\r\n", "\n"), cursor);
    compare("the page");
    requireOwn(answer.body(), cursor.t());
    reconnect();
  }

  static Viewer viewer(Visitor visitor) {
    return new Viewer(Ids.sha256(visitor.cookies().getOrDefault("bits-visitor", "")));
  }

  private String root() {
    return Ids.of(page.root(), new Page.Params(Map.of()));
  }

  private String fresh(Db db) {
    return RandomSite.fresh(page.root(), new Page.Params(Map.of()), db, viewer);
  }

  private void compare(String what) {
    String expected = fresh(valueAt(model.cursor().t()));
    String shown = model.element(root());
    if (!shown.equals(expected)) {
      failures.add(
          "%s of %s at %s shows%n%s%nbut fresh is%n%s"
              .formatted(what, path, model.cursor(), shown, expected));
    }
  }

  /// The value at t; the thread that committed it puts it there at once.
  private Db valueAt(long t) {
    Db db = site.values.get(t);
    while (db == null) {
      Thread.onSpinWait();
      db = site.values.get(t);
    }
    return db;
  }

  /// No byte may be a secret of another role or another viewer than those at that point.
  private void requireOwn(String bytes, long t) {
    String role = RandomSite.role(valueAt(t), viewer).name();
    int at = bytes.indexOf('«');
    while (at >= 0) {
      String of = bytes.substring(at + 1, bytes.indexOf('»', at));
      if (!of.equals(role) && !of.equals(viewer.id())) {
        failures.add("a secret of " + of + " was sent to " + viewer + ", a " + role + " at " + t);
      }
      at = bytes.indexOf('«', at + 1);
    }
  }

  synchronized void reconnect() {
    Thread before = thread;
    if (before != null) {
      before.interrupt();
    }
    visitor.moveTo(dice.nextInt(nodes));
    String target = "/-/stream?page=" + path + "&cursor=" + model.cursor();
    Map<String, String> headers = isGzip ? Map.of("accept-encoding", "gzip") : Map.of();
    if (visitor.send("GET", target, "", headers) instanceof LiveResponse.Stream stream) {
      thread = Thread.ofVirtual().start(() -> read(stream));
    } else {
      failures.add("no stream for " + target);
    }
  }

  private void read(LiveResponse.Stream stream) {
    var decoder = isGzip ? new GzipDecoder() : null;
    try {
      stream.writer().write(bytes -> receive(decoder == null ? bytes : decoder.next(bytes)));
    } catch (IOException _) { // lost on the way: the stream goes with it
      reconnect();
    } catch (InterruptedException _) { // another stream took over
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void receive(byte[] bytes) throws IOException {
    if (!Thread.currentThread().equals(thread)) {
      return; // of a stream that was left
    }
    for (SseEvent event : SseEvent.parse(new String(bytes, StandardCharsets.UTF_8))) {
      if (dice.nextInt(12) == 0) {
        throw new IOException("lost");
      }
      take(event);
      if (dice.nextInt(6) == 0) {
        take(event);
      }
      if (!late.isEmpty() && dice.nextInt(3) == 0) {
        take(late.poll());
      }
    }
  }

  private void take(SseEvent event) {
    Cursor to = Cursor.parse(event.id()).orElseThrow();
    requireOwn(event.data(), to.t());
    long before = model.cursor().t();
    PageModel.Taken taken = model.take(event);
    if (taken == PageModel.Taken.APPLIED) {
      applied++;
      compare("a frame");
    } else if (taken != PageModel.Taken.OLD) {
      failures.add("a frame led to " + taken + ": " + event);
    }
    if (model.cursor().t() < before) {
      failures.add("back in time");
    }
  }

  /// Sends something from this page; the answer may be applied late.
  void submit(long seed) {
    Map<String, String> headers;
    synchronized (this) {
      headers =
          Map.of(
              "bits-page", path,
              "bits-cursor", model.cursor().toString(),
              "bits-submit", UUID.randomUUID().toString());
    }
    TestAnswer answer = TestAnswer.of(visitor.send("POST", "/move", "seed=" + seed, headers));
    synchronized (this) {
      if (answer.status() != 200) {
        failures.add("a submit was answered with " + answer);
        return;
      }
      late.addAll(SseEvent.parse(answer.body()));
      if (dice.nextBoolean()) {
        take(late.poll());
      }
    }
  }

  /// Whether it shows what is fresh there.
  synchronized boolean shows(Db db) {
    return model.element(root()).equals(fresh(db));
  }

  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  synchronized int applied() {
    return applied;
  }

  @Override
  public synchronized String toString() {
    return path + " at " + model.cursor() + " of " + viewer + ": " + model.element(root());
  }

  synchronized void stop() {
    Thread running = thread;
    thread = null;
    if (running != null) {
      running.interrupt();
    }
  }

  /// Decodes what arrives as it arrives.
  private static final class GzipDecoder {
    private static final int HEADER_BYTES = 10;

    private final Inflater inflater = new Inflater(/* nowrap= */ true);
    private boolean isBegun;

    byte[] next(byte[] bytes) throws IOException {
      int from = isBegun ? 0 : HEADER_BYTES;
      isBegun = true;
      inflater.setInput(bytes, from, bytes.length - from);
      var out = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      try {
        for (int count = inflater.inflate(buffer); count > 0; count = inflater.inflate(buffer)) {
          out.write(buffer, 0, count);
        }
      } catch (DataFormatException broken) {
        throw new AssertionError(broken);
      }
      return out.toByteArray();
    }
  }
}
