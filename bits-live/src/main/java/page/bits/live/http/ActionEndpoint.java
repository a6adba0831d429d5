/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import page.bits.db.Connection;
import page.bits.db.Cursor;
import page.bits.db.Db;
import page.bits.db.Tx;
import page.bits.db.TxReport;
import page.bits.live.Act;
import page.bits.live.Action;
import page.bits.live.Answer;
import page.bits.live.Form;
import page.bits.live.Html;
import page.bits.live.LiveErrors;
import page.bits.live.Page;
import page.bits.live.fragment.LiveNode;
import page.bits.live.fragment.Moment;
import page.bits.live.fragment.Snapshot;
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

  /// The page that a request came from; `have` is the client's cursor when a script sent it.
  private record Origin(String path, Routes.Found<Page> page, @Nullable Cursor have) {}

  LiveResponse run(LiveRequest request, Routes.Found<Action<?>> found) {
    requireForm(request);
    Optional<Origin> origin = origin(request);
    Map<String, String> texts = request.formFields();
    texts.putAll(found.variables());
    var act = new HttpAct(connection, found.variables(), submitId(request));
    return switch (found.what().run(act, texts)) {
      case Answer.Stay _ -> stay(origin, act);
      case Answer.Redirect(String path) -> redirect(path, origin, act);
      case Answer.Invalid(Map<String, String> errors) ->
          invalid(origin, found.what().form(texts), new Form(texts, errors));
    };
  }

  private static void requireForm(LiveRequest request) {
    String type = request.header("content-type").orElse("");
    if (!request.body().isEmpty() && !type.startsWith("application/x-www-form-urlencoded")) {
      throw LiveErrors.invalidInput("content-type");
    }
  }

  private static @Nullable UUID submitId(LiveRequest request) {
    try {
      return request.header("bits-submit").map(UUID::fromString).orElse(null);
    } catch (IllegalArgumentException _) { // not a UUID
      throw LiveErrors.invalidInput("bits-submit");
    }
  }

  private Optional<Origin> origin(LiveRequest request) {
    Optional<String> cursor = request.header("bits-cursor");
    Optional<String> path =
        request
            .header("bits-page")
            .or(() -> request.header("referer").flatMap(r -> local(request, r)));
    @Nullable Cursor have = cursor.isEmpty() ? null : gate.require(cursor.get());
    return path.flatMap(
        p -> routes.page(StreamEndpoint.plain(p)).map(page -> new Origin(p, page, have)));
  }

  private static Optional<String> local(LiveRequest request, String referer) {
    if (!CrossSite.isSameHost(referer, request.header("host").orElse(""))) {
      return Optional.empty();
    }
    return Optional.ofNullable(URI.create(referer).getRawPath());
  }

  private LiveResponse stay(Optional<Origin> origin, HttpAct act) {
    if (origin.isPresent() && origin.get().have() != null) {
      Snapshot page = snapshot(origin.get(), Math.max(act.lastT, origin.get().have().t()));
      node.metrics().encoded("answer");
      return frame(200, Frame.of(page, origin.get().have().t()));
    }
    return seeOther(origin.map(Origin::path).orElse("/"), act);
  }

  private LiveResponse redirect(String path, Optional<Origin> origin, HttpAct act) {
    if (origin.isPresent() && origin.get().have() != null) {
      return LiveResponse.of(200, "text/plain; charset=utf-8", "")
          .with("HX-Redirect", path)
          .with("Cache-Control", "no-store");
    }
    return seeOther(path, act);
  }

  private LiveResponse seeOther(String path, HttpAct act) {
    LiveResponse.Whole answer =
        LiveResponse.of(303, "text/plain; charset=utf-8", "")
            .with("Location", path)
            .with("Cache-Control", "no-store");
    Cursor cursor = act.cursor;
    return cursor == null
        ? answer
        : answer.with("Bits-Cursor", cursor.toString()).with("Set-Cookie", Shell.cookie(cursor));
  }

  private LiveResponse invalid(Optional<Origin> origin, Optional<Html.Part.Hole> place, Form form) {
    if (origin.isEmpty() || place.isEmpty()) {
      return shell.message(422, "This could not be saved", sentence(form));
    }
    Cursor have = origin.get().have();
    Snapshot page = snapshot(origin.get(), have == null ? 0 : have.t());
    Moment moment = node.moment();
    if (have == null) {
      String body = page.htmlFilled(place.get(), moment, form);
      return shell.live(422, page.head(), body, page.at());
    }
    List<Snapshot.Element> filled = page.filled(place.get(), moment, form.withoutValues());
    return frame(422, Frame.of(have, filled));
  }

  private static String sentence(Form form) {
    var text = new StringBuilder();
    form.errors()
        .forEach((field, error) -> text.append(field).append(": ").append(error).append(' '));
    return text.toString().strip();
  }

  private Snapshot snapshot(Origin origin, long atLeast) {
    var params = new Page.Params(origin.page().variables());
    return node.page(origin.page().what().root(), params, atLeast);
  }

  private static LiveResponse frame(int status, Frame frame) {
    return LiveResponse.of(
            status, StreamEndpoint.TYPE, frame.text().getBytes(StandardCharsets.UTF_8))
        .with("Bits-Cursor", frame.to().toString())
        .with("Cache-Control", "no-store, no-transform");
  }

  /// An action's request, and the newest transaction that it made.
  private static final class HttpAct implements Act {
    private final Connection connection;
    private final Map<String, String> variables;
    private @Nullable UUID submitId;
    private long lastT;
    private @Nullable Cursor cursor;

    HttpAct(Connection connection, Map<String, String> variables, @Nullable UUID submitId) {
      this.connection = connection;
      this.variables = variables;
      this.submitId = submitId;
    }

    @Override
    public String param(String name) {
      String value = variables.get(name);
      if (value == null) {
        throw LiveErrors.invalidInput(name);
      }
      return value;
    }

    @Override
    public Db db() {
      return connection.db();
    }

    @Override
    public Connection connection() {
      return connection;
    }

    @Override
    public TxReport transact(List<?> forms) {
      Tx tx = Tx.of(forms);
      UUID id = submitId;
      submitId = null;
      TxReport report = connection.transact(id == null ? tx : tx.id(id));
      if (report.t() > lastT) {
        lastT = report.t();
        cursor = report.cursor();
      }
      return report;
    }
  }
}
