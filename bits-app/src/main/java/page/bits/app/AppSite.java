/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app;

import java.util.List;
import java.util.Map;
import page.bits.app.feed.Creator;
import page.bits.app.feed.Feed;
import page.bits.db.Connection;
import page.bits.db.Db;
import page.bits.live.Act;
import page.bits.live.Answer;
import page.bits.live.Document;
import page.bits.live.Form;
import page.bits.live.Fragment;
import page.bits.live.Html;
import page.bits.live.Site;
import page.bits.live.Text;
import page.bits.live.View;
import page.bits.live.jte.Jte;

/// The pages of the application, its fragments and its actions.
final class AppSite {
  private static final String CSS = "app.css";
  private static final String ICON = "icon.svg";

  /// Whose page it is.
  record Of(@Text(max = 40) String handle) {}

  /// A post as it is sent.
  record NewPost(@Text(max = 40) String handle, @Text(max = 2000) String text) {}

  private static final Fragment<Fragment.None> CREATORS =
      Fragment.shared("creators", db -> Jte.html("creators", Feed.creators(db)));

  private static final Fragment<Of> PROFILE =
      Fragment.shared("profile", Of.class, AppSite::profile).in("header");

  private static final Fragment<Of> COMPOSER =
      Fragment.form("composer", Of.class, AppSite::composer).in("section");

  private static final Fragment<Of> WALL =
      Fragment.shared("wall", Of.class, AppSite::wall).in("main");

  private AppSite() {}

  static Site on(Connection connection) {
    return Site.on(connection)
        .layout(AppSite::layout)
        .asset(CSS, AppSite.class)
        .asset(ICON, AppSite.class)
        .page("/", view -> home(view))
        .page("/c/{handle}", AppSite::creator)
        .action("/c/{handle}/posts", NewPost.class, COMPOSER, Of.class, AppSite::post);
  }

  private static Html layout(Document document) {
    return Jte.html(
        "layout",
        Map.of(
            "title", document.title(),
            "css", document.asset(CSS),
            "icon", document.asset(ICON),
            "head", document.head(),
            "body", document.body()));
  }

  private static Html home(View view) {
    view.title("Bits");
    return Jte.html("home", view.show(CREATORS));
  }

  private static Html creator(View view) {
    var of = new Of(view.param("handle"));
    var creator = Feed.creator(view.db(), of.handle());
    if (creator.isEmpty()) {
      view.notFound().title("Not found");
      return Jte.html("missing");
    }
    view.title(creator.get().name() + " on Bits");
    return Html.join(List.of(view.show(PROFILE, of), view.show(WALL, of)));
  }

  private static Html profile(Db db, Of of) {
    return Feed.creator(db, of.handle())
        .map(creator -> Jte.html("profile", creator))
        .orElse(Html.empty());
  }

  /// The form lies inside the feed: each new post renders around it anew.
  private static Html wall(Db db, Of of) {
    return Jte.html(
        "wall", Map.of("composer", COMPOSER.show(of), "posts", Feed.posts(db, of.handle())));
  }

  private static Html composer(Db db, Of of, Form form) {
    String name = Feed.creator(db, of.handle()).map(Creator::name).orElse(of.handle());
    return Jte.html("composer", Map.of("handle", of.handle(), "name", name, "form", form));
  }

  private static Answer post(Act act, NewPost post) {
    if (Feed.creator(act.db(), post.handle()).isEmpty()) {
      return Answer.redirect("/");
    }
    act.transact(Feed.post(post.handle(), post.text()));
    return Answer.stay();
  }
}
