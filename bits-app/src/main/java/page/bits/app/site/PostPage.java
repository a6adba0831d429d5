/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.site;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import page.bits.app.account.Account;
import page.bits.app.feed.Feed;
import page.bits.app.feed.PostRef;
import page.bits.app.feed.Writing;
import page.bits.db.Db;
import page.bits.live.Act;
import page.bits.live.Answer;
import page.bits.live.Fragment;
import page.bits.live.Html;
import page.bits.live.Page;
import page.bits.live.Site;
import page.bits.live.Text;
import page.bits.live.View;
import page.bits.live.jte.Jte;

/// The page of one post, and its likes.
final class PostPage {
  /// Whose post it is.
  private record Of(String handle) {}

  /// Which post.
  record Which(@Text(max = Limits.HANDLE) String handle, long number) {
    Which {
      PostRef.requireNumber(number);
    }

    PostRef ref() {
      return new PostRef(handle, number);
    }
  }

  private static final Fragment<Of> BYLINE = Fragment.shared("byline", Of.class, PostPage::byline);

  private static final Fragment<PostRef> TOOLS =
      Fragment.scoped("tools", PostRef.class, PostViews::writer, PostPage::tools);

  private PostPage() {}

  static void declare(Site site) {
    site.page("/c/{handle}/{number}", PostPage::page)
        .action("/c/{handle}/{number}/like", Which.class, PostPage::like)
        .action("/c/{handle}/{number}/unlike", Which.class, PostPage::unlike);
  }

  /// The post that a path names, whether there is one or not.
  static Optional<PostRef> ref(Page.Params params) {
    OptionalLong number = Numbers.of(params.param("number"));
    return number.isEmpty()
        ? Optional.empty()
        : Optional.of(new PostRef(params.param("handle"), number.getAsLong()));
  }

  private static Html page(View view) {
    OptionalLong number = Numbers.of(view.param("number"));
    if (number.isPresent()) {
      var ref = new PostRef(view.param("handle"), number.getAsLong());
      if (view.db().entid(ref.entity()).isPresent()) {
        return page(view, ref);
      }
    }
    return Chrome.missing(view, "There is no such post, or it was deleted.");
  }

  private static Html page(View view, PostRef ref) {
    String name = Feed.name(view.db(), ref.handle()).orElse(ref.handle());
    Html content =
        Jte.html(
            "single",
            Map.of(
                "byline", view.show(BYLINE, new Of(ref.handle())),
                "item", PostViews.item(ref),
                "tools", view.show(TOOLS, ref)));
    return Chrome.page(view, "A post by " + name, "narrow", content);
  }

  private static Html byline(Db db, Of of) {
    return Feed.creator(db, of.handle())
        .map(creator -> Jte.html("byline", Map.of("creator", creator)))
        .orElse(Html.empty());
  }

  private static Html tools(Db db, PostRef ref, PostViews.Writer writer) {
    return writer.writesAs(ref.handle()) && db.entid(ref.entity()).isPresent()
        ? Jte.html("tools", Map.of("post", ref))
        : Html.empty();
  }

  private static Answer like(Act act, Which which) {
    return SignedIn.run(
        act, account -> write(act, account, Writing.like(which.ref(), account.entity())));
  }

  private static Answer unlike(Act act, Which which) {
    return SignedIn.run(
        act, account -> write(act, account, Writing.unlike(which.ref(), account.entity())));
  }

  private static Answer write(Act act, Account account, List<Object> forms) {
    return switch (SignedIn.write(act, account, forms)) {
      case DONE, CHANGED ->
          Answer.stay(); // a post that is gone cannot be liked, and the page says so
      case SIGNED_OUT -> Answer.redirect(SignedIn.SIGN_IN);
    };
  }
}
