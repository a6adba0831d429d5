/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.site;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import page.bits.app.account.Account;
import page.bits.app.feed.Feed;
import page.bits.app.feed.FeedPage;
import page.bits.app.feed.PostRef;
import page.bits.app.feed.Writing;
import page.bits.app.here.Here;
import page.bits.app.text.Markdown;
import page.bits.db.Db;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;
import page.bits.live.Act;
import page.bits.live.Answer;
import page.bits.live.Form;
import page.bits.live.Fragment;
import page.bits.live.Html;
import page.bits.live.Presence;
import page.bits.live.Site;
import page.bits.live.Text;
import page.bits.live.View;
import page.bits.live.jte.Jte;

/// A creator's page: who they are, their posts from the newest on, and, for them alone, the form to
/// write another.
final class CreatorPage {
  private static final int TRIES = 20;

  /// Whose page it is.
  record Of(@Text(max = Limits.HANDLE) String handle) {}

  /// Which part of a feed: the posts before that number, exclusive; 0 is from the newest.
  record FeedOf(String handle, long before) {}

  /// A post as it is sent.
  record NewPost(@Text(max = Limits.HANDLE) String handle, @Text(max = Limits.POST) String text) {}

  private static final Fragment<Of> PROFILE =
      Fragment.shared("profile", Of.class, CreatorPage::profile).in("header");

  private static final Fragment<Of> HERE =
      Fragment.shared("here", Of.class, CreatorPage::here).in("p");

  private static final Fragment<Of> COMPOSER =
      Fragment.scoped("composer", Of.class, PostViews::writer, CreatorPage::composer);

  private static final Fragment<FeedOf> FEED =
      Fragment.scoped("feed", FeedOf.class, PostViews::writer, CreatorPage::feed).in("section");

  private CreatorPage() {}

  static void declare(Site site) {
    Presence here =
        (params, viewer) -> Here.facts(site.connection().db(), params.param("handle"), viewer.id());
    site.page("/c/{handle}", view -> page(view, 0))
        .page("/c/{handle}/before/{number}", CreatorPage::older)
        .presence("/c/{handle}", here)
        .presence("/c/{handle}/before/{number}", here)
        .action("/c/{handle}/posts", NewPost.class, COMPOSER, Of.class, CreatorPage::post);
  }

  private static Html older(View view) {
    OptionalLong before = Numbers.of(view.param("number"));
    return before.isEmpty()
        ? Chrome.missing(view, "There is no such page of posts.")
        : page(view, before.getAsLong());
  }

  private static Html page(View view, long before) {
    String handle = view.param("handle");
    Optional<String> name = Feed.name(view.db(), handle);
    if (name.isEmpty()) {
      return Chrome.missing(view, "There is no creator of that name.");
    }
    Html content =
        Jte.html(
            "creator",
            Map.of(
                "profile", view.show(PROFILE, new Of(handle)),
                "feed", view.show(FEED, new FeedOf(handle, before))));
    return Chrome.page(view, name.get(), "creator", content);
  }

  private static Html profile(Db db, Of of) {
    return Feed.creator(db, of.handle())
        .map(creator -> Jte.html("profile", Map.of("creator", creator, "here", HERE.show(of))))
        .orElse(Html.empty());
  }

  /// Nothing of it depends on who looks: it is one number for all.
  private static Html here(Db db, Of of) {
    int people = Here.people(db, of.handle());
    return people == 0 ? Html.empty() : Jte.html("here", Map.of("people", people));
  }

  /// The form lies inside the feed: each new post renders around it anew.
  private static Html feed(Db db, FeedOf of, PostViews.Writer writer) {
    FeedPage page = Feed.page(db, of.handle(), of.before());
    boolean isWriter = writer.writesAs(of.handle());
    boolean isNewest = of.before() == 0;
    return Jte.html(
        "feed",
        Map.of(
            "handle",
            of.handle(),
            "composer",
            isWriter && isNewest ? COMPOSER.show(new Of(of.handle())) : Html.empty(),
            "isNewest",
            isNewest,
            "isWriter",
            isWriter,
            "items",
            page.posts().stream().map(PostViews::item).toList(),
            "older",
            page.hasOlder() ? page.last() : 0L));
  }

  private static Html composer(Db db, Of of, PostViews.Writer writer, Form form) {
    if (!writer.writesAs(of.handle())) {
      return Html.empty();
    }
    String name = Feed.name(db, of.handle()).orElse(of.handle());
    return Jte.html("composer", Map.of("handle", of.handle(), "name", name, "form", form));
  }

  private static Answer post(Act act, NewPost post) {
    if (Markdown.html(post.text()).isEmpty()) {
      return Answer.invalid("text", "Nothing of this text would be seen.");
    }
    return SignedIn.runAsWriter(act, post.handle(), account -> post(act, account, post));
  }

  private static Answer post(Act act, Account account, NewPost post) {
    for (int i = 0; i < TRIES; i++) {
      var ref = new PostRef(post.handle(), Writing.nextNumber(act.db(), post.handle()));
      switch (SignedIn.writeAsCreator(act, account, Writing.post(ref, post.text()))) {
        case DONE -> {
          return Answer.stay();
        }
        case SIGNED_OUT -> {
          return Answer.redirect(SignedIn.SIGN_IN);
        }
        case CHANGED -> {} // another window took the number
      }
    }
    throw new BitsException(
        page.bits.db.DbError.BUSY,
        "Too many posts of this creator at the same moment; try again",
        ErrorData.of("tries", (long) TRIES));
  }
}
