/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import page.bits.db.Cursor;
import page.bits.live.frame.SseEvent;
import page.bits.live.http.LiveResponse;

/// A page that a visitor has open: it follows its stream until it is closed. Thread-safe.
///
/// Where a browser would load the page again, this does; where it would show that it no longer
/// updates, waiting fails with that.
public final class OpenPage implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int RELOADS_MAX = 3;

  private final Visitor visitor;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private String path;
  private PageModel model = new PageModel("", new Cursor(0, 0));
  private TestAnswer loaded = new TestAnswer(0, List.of(), "");
  private String viewer = "";
  private int loads;
  private int stuckReloads;
  private boolean isOver;
  private @Nullable Thread reader;

  OpenPage(Visitor visitor, String path) {
    this.visitor = visitor;
    this.path = path;
    load(path);
  }

  // What it shows

  /// The path of the page, after redirects.
  public String path() {
    return locked(() -> path);
  }

  /// The status that the page was answered with.
  public int status() {
    return locked(() -> loaded.status());
  }

  /// The whole page as it is now.
  public String html() {
    return locked(() -> model.html());
  }

  /// The point that it shows.
  public Cursor cursor() {
    return locked(() -> model.cursor());
  }

  /// How often it was loaded; 1 at first. A page that only follows its stream stays at that.
  public int loads() {
    return locked(() -> loads);
  }

  /// The element of the first fragment of that name; empty when the page does not show it.
  public String html(String fragment) {
    return locked(() -> model.element(id(model.html(), fragment)));
  }

  /// What a reader sees of that fragment: no tags, no entities, single spaces.
  public String text(String fragment) {
    return Markup.text(html(fragment));
  }

  private static String id(String html, String fragment) {
    return Markup.firstId(
        html, Pattern.compile("b-" + Pattern.quote(fragment) + "(-[0-9a-f]{12})?"));
  }

  // Waiting

  /// Waits until the text of a fragment is as wanted, and returns it. Fails after 10 s.
  public String await(String fragment, Predicate<String> wanted) {
    awaitPage(fragment, page -> wanted.test(page.text(fragment)));
    return text(fragment);
  }

  /// Waits until the page is as wanted. Fails after 10 s.
  public OpenPage awaitPage(String what, Predicate<OpenPage> wanted) {
    lock.lock();
    try {
      long left = PATIENCE.toNanos();
      while (!wanted.test(this)) {
        if (isOver) {
          throw new AssertionError(what + ": the page no longer updates: " + html());
        }
        if (left <= 0) {
          throw new AssertionError(what + ": did not come; the page is " + html());
        }
        left = changed.awaitNanos(left);
      }
      return this;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    } finally {
      lock.unlock();
    }
  }

  // Doing

  /// Submits a form of this page, as the script does. Fails when the page has no form for it.
  public TestAnswer submit(String action, Map<String, String> fields) {
    return submit(action, fields, UUID.randomUUID());
  }

  /// The same under an id of the test's: repeated, it happens once.
  public TestAnswer submit(String action, Map<String, String> fields, UUID submitId) {
    var headers = new HashMap<String, String>();
    lock.lock();
    try {
      if (!model.html().contains("=\"" + action + "\"")) {
        throw new AssertionError("no form of this page leads to " + action + ": " + model.html());
      }
      headers.put("bits-page", path);
      headers.put("bits-cursor", model.cursor().toString());
      headers.put("bits-submit", submitId.toString());
      headers.put("bits-viewer", viewer);
    } finally {
      lock.unlock();
    }
    TestAnswer answer =
        TestAnswer.of(visitor.send("POST", action, Visitor.encoded(fields), headers));
    took(answer);
    return answer;
  }

  private void took(TestAnswer answer) {
    if (answer.location().isPresent()) {
      load(answer.location().get());
      return;
    }
    if (answer.error().equals(":bits.error/unknown-cursor")) {
      load(path());
      return;
    }
    lock.lock();
    try {
      for (SseEvent event : SseEvent.parse(answer.body())) {
        if (answer.status() == 422) {
          model.hold(event.data());
        } else {
          model.release();
          take(event);
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Cuts its stream; it goes on at that node.
  public OpenPage moveTo(int node) {
    visitor.moveTo(node);
    lock.lock();
    try {
      follow();
    } finally {
      lock.unlock();
    }
    return this;
  }

  /// Loads another page in its place, or the same again.
  public OpenPage load(String other) {
    return load(other, () -> true);
  }

  /// The same, unless it is no longer wanted when the answer is there.
  private OpenPage load(String other, BooleanSupplier isWanted) {
    TestAnswer answer = visitor.get(other);
    String target = other;
    for (int i = 0; i < 5 && answer.status() == 303; i++) {
      target = answer.location().orElseThrow();
      answer = visitor.get(target);
    }
    lock.lock();
    try {
      if (!isWanted.getAsBoolean()) {
        return this;
      }
      path = target;
      loaded = answer;
      loads++;
      Cursor cursor =
          Cursor.parse(answer.header("Bits-Cursor").orElse("")).orElse(new Cursor(0, 0));
      model = new PageModel(answer.body(), cursor);
      viewer = answer.body().replaceAll("(?s).*name=\"bits-viewer\" content=\"(\\w+)\".*", "$1");
      isOver = answer.header("Bits-Cursor").isEmpty(); // an error page follows nothing
      follow();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return this;
  }

  // The stream

  private void follow() {
    Thread before = reader;
    if (before != null) {
      before.interrupt();
    }
    reader = isOver ? null : Thread.ofVirtual().name("bits-test-page").start(this::read);
  }

  private void read() {
    try {
      while (isMine()) {
        connect();
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      }
    } catch (InterruptedException _) { // another stream took over, or the page is closed
      Thread.currentThread().interrupt();
    }
  }

  private boolean isMine() {
    return locked(() -> Thread.currentThread().equals(reader) && !isOver);
  }

  private void connect() throws InterruptedException {
    String target =
        locked(
            () ->
                "/-/stream?page=%s&cursor=%s&viewer=%s"
                    .formatted(Visitor.encoded(path), model.cursor(), viewer));
    LiveResponse answer = visitor.send("GET", target, "", Map.of());
    if (answer instanceof LiveResponse.Stream stream) {
      try {
        stream.writer().write(this::receive);
      } catch (IOException _) { // the stream was cut: go on
        assert stream.status() == 200;
      }
    } else if (!isMine()) {
      return; // it was interrupted, and the answer says no more than that
    } else if (answer.status() < 500 && answer.status() != 429) {
      reload();
    } else {
      visitor.moveOn();
    }
  }

  private void receive(byte[] bytes) throws IOException {
    boolean isReload = false;
    lock.lock();
    try {
      if (!Thread.currentThread().equals(reader)) {
        throw new IOException("another stream took over");
      }
      for (SseEvent event : SseEvent.parse(new String(bytes, StandardCharsets.UTF_8))) {
        isReload |= take(event) == PageModel.Taken.RELOAD;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (isReload) {
      reload();
      throw new IOException("the page was loaded again");
    }
  }

  private PageModel.Taken take(SseEvent event) {
    PageModel.Taken taken = model.take(event);
    switch (taken) {
      case APPLIED -> {
        stuckReloads = 0;
        visitor.remember(model.cursor().toString());
      }
      case RECONNECT -> visitor.moveOn();
      case OLD, RELOAD -> {}
    }
    return taken;
  }

  /* Meanwhile the page may be closed, or another one loaded in its place: that stays. */
  private void reload() {
    boolean isStuck =
        locked(
            () -> {
              isOver = ++stuckReloads > RELOADS_MAX;
              changed.signalAll();
              return isOver;
            });
    if (!isStuck) {
      load(path(), this::isMine);
    }
  }

  private <T> T locked(java.util.function.Supplier<T> read) {
    lock.lock();
    try {
      return read.get();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      isOver = true;
      follow();
    } finally {
      lock.unlock();
    }
  }
}
