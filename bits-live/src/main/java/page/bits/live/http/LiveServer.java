/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import page.bits.db.Connection;
import page.bits.db.Cursor;
import page.bits.db.DbError;
import page.bits.error.BitsException;
import page.bits.live.Access;
import page.bits.live.Action;
import page.bits.live.LiveError;
import page.bits.live.LiveErrors;
import page.bits.live.LiveSettings;
import page.bits.live.Page;
import page.bits.live.Site;
import page.bits.live.Viewer;
import page.bits.live.fragment.LiveNode;
import page.bits.live.fragment.Seen;
import page.bits.live.fragment.Snapshot;
import page.bits.live.fragment.Visit;

/// A site in service: answers requests. Thread-safe; a call may wait, so give each its own
/// (virtual) thread. Closing it ends all streams, not the connection.
public final class LiveServer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(LiveServer.class.getName());

  private final Connection connection;
  private final LiveSettings settings;
  private final LiveNode node;
  private final Routes routes;
  private final Assets assets;
  private final Shell shell;
  private final CursorGate gate;
  private final Attendance attendance;
  private final StreamEndpoint stream;
  private final ActionEndpoint actions;
  private final Health health;

  private LiveServer(Site site) {
    this.connection = site.connection();
    this.settings = site.settings();
    this.assets = new Assets(site);
    this.routes = new Routes(site);
    this.shell = new Shell(site, assets);
    this.node = LiveNode.start(site.connection(), settings);
    this.health = new Health(site.connection(), node);
    this.gate = new CursorGate(site.connection(), node, settings);
    this.attendance = new Attendance(site.connection(), Attendance.LINGER);
    this.stream = new StreamEndpoint(routes, node, gate, attendance, settings);
    this.actions = new ActionEndpoint(site.connection(), routes, node, gate, shell);
  }

  public static LiveServer of(Site site) {
    return new LiveServer(site);
  }

  public LiveSettings settings() {
    return settings;
  }

  /// Answers one request. Never throws: what goes wrong is an answer too.
  public LiveResponse handle(LiveRequest request) {
    try {
      return route(request);
    } catch (BitsException refused) {
      return failed(refused);
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, () -> request.method() + " " + request.path() + " failed", fault);
      return shell.message(500, "Something went wrong", "The fault is ours. Please try again.");
    }
  }

  private LiveResponse route(LiveRequest request) {
    if (!CrossSite.allows(request)) {
      throw LiveErrors.crossSite();
    }
    String path = request.path();
    if (path.startsWith("/-/")) {
      return own(request);
    }
    Optional<Routes.Found<Page>> page = routes.page(path);
    Optional<Routes.Found<Action<?>>> action = routes.action(path);
    if (page.isEmpty() && action.isEmpty()) {
      throw LiveErrors.pageNotFound();
    }
    if (request.isSafe() && page.isPresent()) {
      return page(request, page.get());
    }
    if (request.method().equals("POST") && action.isPresent()) {
      return actions.run(request, action.get());
    }
    return methods(request, page.isPresent(), action.isPresent());
  }

  private LiveResponse methods(LiveRequest request, boolean isPage, boolean isAction) {
    String allowed =
        (isPage ? "GET, HEAD" : "") + (isPage && isAction ? ", " : "") + (isAction ? "POST" : "");
    return failed(LiveErrors.methodNotAllowed(request.method())).with("Allow", allowed);
  }

  private LiveResponse page(LiveRequest request, Routes.Found<Page> found) {
    long seen = gate.seen(request.cookie("bits-cursor"));
    long atLeast = Math.max(seen, connection.db().basisT()); // what is committed here is shown
    Viewer viewer = Visitors.of(request);
    if (viewer.isNobody()) {
      return show(request, found, atLeast);
    }
    return switch (see(request, found, viewer, atLeast)) {
      case Snapshot page -> shell.live(page.head().status(), page, page.html(), viewer);
      case Seen.Turned(Cursor _, Access.Reload _) -> // a cookie that the browser has replaced
          show(request, found, atLeast);
      case Seen.Turned turned -> turned(turned.access());
    };
  }

  private Seen see(LiveRequest request, Routes.Found<Page> found, Viewer viewer, long atLeast) {
    var params = new Page.Params(found.variables());
    String network = Network.of(request.remoteAddress());
    return node.page(new Visit(found.what(), params, viewer, network), atLeast);
  }

  /// The page as a new visitor sees it, whose cookie comes with it.
  private LiveResponse show(LiveRequest request, Routes.Found<Page> found, long atLeast) {
    Visitors.Fresh fresh = Visitors.fresh(request.isSecure());
    return switch (see(request, found, fresh.viewer(), atLeast)) {
      case Snapshot page ->
          shell
              .live(page.head().status(), page, page.html(), fresh.viewer())
              .with("Set-Cookie", fresh.setCookie());
      case Seen.Turned turned -> turned(turned.access());
    };
  }

  private LiveResponse turned(Access access) {
    return switch (access) {
      case Access.NotFound _ -> failed(LiveErrors.pageNotFound());
      case Access.Redirect(String path) ->
          plain(303, "text/plain; charset=utf-8", "").with("Location", path);
      case Access.Forbidden _, Access.Reload _, Access.Allow _ -> failed(LiveErrors.forbidden());
    };
  }

  private LiveResponse own(LiveRequest request) {
    if (!request.isSafe()) {
      return methods(request, /* isPage= */ true, /* isAction= */ false);
    }
    return switch (request.path()) {
      case "/-/stream" -> stream(request);
      case "/-/health" -> health.answer().with("Cache-Control", "no-store");
      case "/-/metrics" ->
          plain(200, "text/plain; version=0.0.4; charset=utf-8", node.metrics().text());
      default -> assets.answer(request.path()).orElseThrow(LiveErrors::pageNotFound);
    };
  }

  private LiveResponse stream(LiveRequest request) {
    if (health.isDraining()) {
      throw LiveErrors.draining();
    }
    return stream.open(request);
  }

  private static LiveResponse.Whole plain(int status, String type, String text) {
    return LiveResponse.of(status, type, text).with("Cache-Control", "no-store");
  }

  private LiveResponse.Whole failed(BitsException refused) {
    int status = status(refused);
    if (status >= 500) {
      LOG.log(Level.WARNING, "a request failed", refused);
    }
    LiveResponse.Whole answer =
        shell
            .message(status, title(status), refused.sentence() + ".")
            .with("Bits-Error", refused.code());
    return status == 503 || status == 429 ? answer.with("Retry-After", retryAfter(status)) : answer;
  }

  /// In seconds: what other addresses do is over sooner than what one's own browser tabs do.
  private static String retryAfter(int status) {
    return status == 429 ? "10" : "1";
  }

  private static String title(int status) {
    return switch (status) {
      case 403 -> "Not allowed";
      case 404 -> "Not found";
      case 429, 503 -> "One moment, please";
      default -> status < 500 ? "This request cannot be answered" : "Something went wrong";
    };
  }

  private static int status(BitsException refused) {
    if (refused.is(LiveError.METHOD_NOT_ALLOWED)) {
      return 405;
    }
    if (refused.is(LiveError.REQUEST_TOO_LARGE)) {
      return 413;
    }
    if (refused.is(DbError.UNKNOWN_CURSOR)) {
      return 409;
    }
    if (refused.is(LiveError.OTHER_VIEWER)) {
      return 410; // the script loads the page again
    }
    if (refused.is(LiveError.ADDRESS_LIMIT)) {
      return 429;
    }
    return switch (refused.category()) {
      case INCORRECT, UNSUPPORTED -> 400;
      case CONFLICT -> 409;
      case NOT_FOUND -> 404;
      case FORBIDDEN -> 403;
      case BUSY, UNAVAILABLE, INTERRUPTED -> 503;
      case FAULT -> 500;
    };
  }

  /// Done with the reason when this node can follow the database no longer, such as
  /// `:bits.error/log-forked`: its streams have ended, its pages are 503, and only a new connection
  /// helps. Never done when the server or its connection is closed.
  public CompletableFuture<BitsException> stopped() {
    return node.stopped();
  }

  /// Lets the streams go on at other nodes: refuses new ones, and tells those that are open, one
  /// after the other over the time that the settings give it. Requests are answered meanwhile, and
  /// health says what happens. Returns when all were told and have ended, or the thread is
  /// interrupted; then the server can be closed.
  public void drain() {
    health.drain();
    stream.drain();
  }

  @Override
  public void close() {
    attendance.close();
    node.close();
  }
}
