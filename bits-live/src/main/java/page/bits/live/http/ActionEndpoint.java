/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import page.bits.db.Connection;
import page.bits.db.Cursor;
import page.bits.live.Action;
import page.bits.live.Answer;
import page.bits.live.Form;
import page.bits.live.Html;
import page.bits.live.LiveErrors;
import page.bits.live.Page;
import page.bits.live.Viewer;
import page.bits.live.fragment.LiveNode;
import page.bits.live.fragment.Seen;
import page.bits.live.fragment.Snapshot;
import page.bits.live.fragment.Visit;
import page.bits.live.frame.Frame;

/// POST to an action: runs it, and answers with a frame to a live page, with a redirect or a page
/// to a browser without script.
final class ActionEndpoint {
  private final Connection connection;
  private final Routes routes;
  private final LiveNode node;
  private final CursorGate gate;
  private final Shell shell;

  ActionEndpoint(
      Connection connection, Routes routes, LiveNode node, CursorGate gate, Shell shell) {
    this.connection = connection;
    this.routes = routes;
    this.node = node;
    this.gate = gate;
    this.shell = shell;
  }

  /// The page that a request came from, and who sees it there; `have` is the client's cursor when a
  /// script sent it.
  private record Origin(
      String path, Routes.Found<Page> page, Viewer viewer, String network, @Nullable Cursor have) {}

  LiveResponse run(LiveRequest request, Routes.Found<Action<?>> found) {
    requireForm(request);
    Optional<Origin> origin = origin(request);
    Map<String, String> texts = request.formFields();
    texts.putAll(found.variables());
    var act = new HttpAct(connection, found.variables(), request);
    Answer answer = found.what().run(act, texts);
    LiveResponse.Whole response =
        switch (answer) {
          case Answer.Stay _ when isOutOfDate(origin, request, act) -> elsewhere(origin, act);
          case Answer.Stay _ -> stay(origin, act);
          case Answer.Redirect(String path) -> redirect(path, origin, act);
          case Answer.Invalid(Map<String, String> errors) ->
              invalid(origin, found.what().form(texts), new Form(texts, errors));
        };
    return act.renewed()
        .map(fresh -> response.with("Set-Cookie", fresh.setCookie()))
        .orElse(response);
  }

  private static void requireForm(LiveRequest request) {
    String type = request.header("content-type").orElse("");
    if (!request.body().isEmpty() && !type.startsWith("application/x-www-form-urlencoded")) {
      throw LiveErrors.invalidInput("content-type");
    }
  }

  private Optional<Origin> origin(LiveRequest request) {
    Optional<String> cursor = request.header("bits-cursor");
    Optional<String> path =
        request
            .header("bits-page")
            .or(() -> request.header("referer").flatMap(r -> local(request, r)));
    @Nullable Cursor have = cursor.isEmpty() ? null : gate.require(cursor.get());
    Viewer viewer = Visitors.of(request);
    String network = Network.of(request.remoteAddress());
    return path.filter(Answer::isLocal)
        .flatMap(
            p ->
                routes
                    .page(StreamEndpoint.plain(p))
                    .map(page -> new Origin(p, page, viewer, network, have)));
  }

  private static Optional<String> local(LiveRequest request, String referer) {
    if (!CrossSite.isSameHost(referer, request.header("host").orElse(""))) {
      return Optional.empty();
    }
    URI uri = URI.create(referer);
    String query = uri.getRawQuery();
    return Optional.ofNullable(uri.getRawPath()).map(p -> query == null ? p : p + "?" + query);
  }

  /// Whether what the browser shows was made for another viewer than the one it is from now on.
  private static boolean isOutOfDate(Optional<Origin> origin, LiveRequest request, HttpAct act) {
    Optional<String> tag = request.header("bits-viewer");
    return act.renewed().isPresent()
        || (origin.isPresent()
            && tag.isPresent()
            && !tag.get().equals(Visitors.tag(origin.get().viewer())));
  }

  private LiveResponse.Whole elsewhere(Optional<Origin> origin, HttpAct act) {
    return redirect(origin.map(Origin::path).orElse("/"), origin, act);
  }

  private LiveResponse.Whole stay(Optional<Origin> origin, HttpAct act) {
    Cursor have = origin.map(Origin::have).orElse(null);
    if (origin.isEmpty() || have == null) {
      return seeOther(origin.map(Origin::path).orElse("/"), act);
    }
    long atLeast = Math.max(act.newest().map(Cursor::t).orElse(0L), have.t());
    return switch (see(origin.get(), atLeast)) {
      case Snapshot page -> frame(200, Frame.of(page, have.t(), node.metrics()));
      case Seen.Turned _ -> elsewhere(origin, act);
    };
  }

  private LiveResponse.Whole redirect(String path, Optional<Origin> origin, HttpAct act) {
    if (origin.map(Origin::have).isEmpty()) {
      return seeOther(path, act);
    }
    LiveResponse.Whole answer =
        LiveResponse.of(200, "text/plain; charset=utf-8", "").with("HX-Redirect", path);
    return withCursor(answer, act);
  }

  private static LiveResponse.Whole seeOther(String path, HttpAct act) {
    LiveResponse.Whole answer =
        LiveResponse.of(303, "text/plain; charset=utf-8", "").with("Location", path);
    return withCursor(answer, act);
  }

  private static LiveResponse.Whole withCursor(LiveResponse.Whole answer, HttpAct act) {
    LiveResponse.Whole unstored = answer.with("Cache-Control", "no-store");
    return act.newest()
        .map(
            cursor ->
                unstored
                    .with("Bits-Cursor", cursor.toString())
                    .with("Set-Cookie", Shell.cookie(cursor)))
        .orElse(unstored);
  }

  private LiveResponse.Whole invalid(
      Optional<Origin> origin, Optional<Html.Part.Hole> place, Form form) {
    if (origin.isEmpty() || place.isEmpty()) {
      return shell.message(422, "This could not be saved", sentence(form));
    }
    Cursor have = origin.get().have();
    long atLeast = have == null ? connection.db().basisT() : have.t(); // what the action judged by
    if (!(see(origin.get(), atLeast) instanceof Snapshot page)) {
      return shell.message(422, "This could not be saved", sentence(form));
    }
    if (have == null) {
      String body = page.htmlFilled(place.get(), node.moment().db(), form);
      return shell.live(422, page, body, origin.get().viewer());
    }
    return page.filled(place.get(), node.moment().db(), form.withoutValues())
        .map(partials -> frame(422, Frame.of(have, partials)))
        .orElseGet(() -> shell.message(422, "This could not be saved", sentence(form)));
  }

  private static String sentence(Form form) {
    var text = new StringBuilder();
    form.errors()
        .forEach((field, error) -> text.append(field).append(": ").append(error).append(' '));
    return text.toString().strip();
  }

  private Seen see(Origin origin, long atLeast) {
    var params = new Page.Params(origin.page().variables());
    var visit = new Visit(origin.page().what(), params, origin.viewer(), origin.network());
    return node.page(visit, atLeast);
  }

  private static LiveResponse.Whole frame(int status, Frame frame) {
    return LiveResponse.of(status, StreamEndpoint.TYPE, frame.block().plain())
        .with("Bits-Cursor", frame.to().toString())
        .with("Cache-Control", "no-store, no-transform");
  }
}
