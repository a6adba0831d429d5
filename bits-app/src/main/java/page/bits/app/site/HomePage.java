/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.site;

import gg.jte.Content;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import page.bits.app.feed.Feed;
import page.bits.app.feed.FeedPage;
import page.bits.app.feed.Post;
import page.bits.db.Db;
import page.bits.live.Fragment;
import page.bits.live.Html;
import page.bits.live.Site;
import page.bits.live.Text;
import page.bits.live.View;
import page.bits.live.jte.Jte;

/// The start page: a card for each creator. A new post changes the card of its creator alone.
final class HomePage {
  /// Whose card it is.
  record Of(@Text(max = Limits.HANDLE) String handle) {}

  private static final Fragment<Of> CARD = Fragment.shared("card", Of.class, HomePage::card);

  private static final Fragment<Fragment.None> CREATORS =
      Fragment.shared("creators", HomePage::creators);

  private HomePage() {}

  static void declare(Site site) {
    site.page("/", HomePage::home);
  }

  private static Html home(View view) {
    return Chrome.page(view, "", "wide", Jte.html("home", Map.of("creators", view.show(CREATORS))));
  }

  private static Html creators(Db db) {
    List<Content> cards =
        Feed.handles(db).stream().map(handle -> Jte.content(CARD.show(new Of(handle)))).toList();
    return Jte.html("creators", Map.of("cards", cards));
  }

  private static Html card(Db db, Of of) {
    return Feed.creator(db, of.handle())
        .map(
            creator ->
                Jte.html("card", Map.of("creator", creator, "latest", latest(db, of.handle()))))
        .orElse(Html.empty());
  }

  private static Optional<Instant> latest(Db db, String handle) {
    FeedPage page = Feed.page(db, handle, 0);
    return page.posts().stream().findFirst().flatMap(ref -> Feed.post(db, ref)).map(Post::at);
  }
}
