/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.examples.guestbook;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import page.bits.db.Bits;
import page.bits.live.Answer;
import page.bits.live.Fragment;
import page.bits.live.Site;
import page.bits.live.Text;
import page.bits.live.jetty.JettySite;
import page.bits.live.jte.Jte;

/// A guestbook: what one visitor writes, all others see at once, whichever node they are on.
///
/// Arguments: the database's URI and a port. There is no subscription, channel, topic, cache key or
/// invalidation call in it, and it is the same on one node and on many.
public final class Guestbook {
  public record Entry(String name, String text, Instant at) {}

  record Sign(@Text(max = 40) String name, @Text(max = 500) String text) {}

  static void main(String... args) {
    var conn = Bits.connect(args.length > 0 ? args[0] : "bits:sqlite:guestbook.db");
    int port = args.length > 1 ? Integer.parseInt(args[1]) : 8080;
    conn.ensureSchema(
        """
        [{:db/ident :entry/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
         {:db/ident :entry/text :db/valueType :db.type/string :db/cardinality :db.cardinality/one}]
        """);
    String newest =
        """
        [:find ?name ?text ?at :keys name text at
         :where [?e :entry/text ?text ?tx] [?e :entry/name ?name] [?tx :db/txInstant ?at]]
        """;
    var entries =
        Fragment.shared("entries", db -> Jte.html("entries", db.query(newest).list(Entry.class)));
    var site =
        Site.on(conn)
            .layout(document -> Jte.html("layout", document))
            .asset("guestbook.css", Guestbook.class)
            .page("/", view -> Jte.html("guestbook", view.title("Guestbook").show(entries)))
            .action(
                "/sign",
                Sign.class,
                (act, sign) -> {
                  act.transact(
                      List.of(Map.of(":entry/name", sign.name(), ":entry/text", sign.text())));
                  return Answer.stay();
                });
    var server = JettySite.start(site, port);
    System.out.println("http://127.0.0.1:" + server.port() + "/");
  }
}
