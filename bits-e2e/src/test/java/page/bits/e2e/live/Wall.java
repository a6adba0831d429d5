/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.live;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Db;
import page.bits.live.Answer;
import page.bits.live.Fragment;
import page.bits.live.Html;
import page.bits.live.LiveSettings;
import page.bits.live.Site;
import page.bits.live.jetty.JettySite;

/// A site on a port: a page for each topic with its newest post and as much text around it as asked
/// for, and an action that posts.
final class Wall implements AutoCloseable {
  private static final String SCHEMA =
      """
      [{:db/ident :topic/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :topic/post :db/valueType :db.type/string :db/cardinality :db.cardinality/one}]
      """;

  record Of(String name) {}

  record Post(String name, String text) {}

  private final Connection connection = Bits.connect("bits:mem:" + UUID.randomUUID());
  private final JettySite server;
  private final String filling;

  Wall(LiveSettings settings, int fillingBytes) {
    connection.ensureSchema(SCHEMA);
    this.filling = "<!--" + "0123456789abcdef".repeat(fillingBytes / 16) + "-->";
    Fragment<Of> post = Fragment.shared("post", Of.class, this::html);
    Site site =
        Site.on(connection)
            .settings(settings)
            .page("/{name}", view -> view.show(post, new Of(view.param("name"))))
            .action(
                "/{name}/post",
                Post.class,
                (act, input) -> {
                  act.transact(form(input.name(), input.text()));
                  return Answer.stay();
                });
    server = JettySite.start(site, 0);
  }

  private Html html(Db db, Of of) {
    return new Html.Builder()
        .markup("<p>")
        .add(Html.of(newest(db, of.name())))
        .markup("</p>" + filling)
        .build();
  }

  private static String newest(Db db, String name) {
    return Objects.requireNonNullElse(
            db.q("[:find ?p . :in $ ?n :where [?t :topic/name ?n] [?t :topic/post ?p]]", name),
            "nothing")
        .toString();
  }

  private static List<?> form(String name, String text) {
    return List.of(Map.of(":topic/name", name, ":topic/post", text));
  }

  void post(String name, String text) {
    Object _ = connection.transact(form(name, text));
  }

  String newest(String name) {
    return newest(connection.db(), name);
  }

  String cursor() {
    return connection.cursor().toString();
  }

  int port() {
    return server.port();
  }

  String address(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  String stream(String name) {
    return address("/-/stream?page=/" + name + "&cursor=" + cursor());
  }

  /// Sends its streams elsewhere, as SIGTERM does.
  void drain() {
    server.drain();
  }

  static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close();
    connection.close();
  }
}
