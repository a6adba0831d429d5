/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.site;

import java.util.Map;
import page.bits.app.account.Account;
import page.bits.app.feed.Feed;
import page.bits.app.feed.PostRef;
import page.bits.app.text.Markdown;
import page.bits.db.Db;
import page.bits.live.Fragment;
import page.bits.live.Html;
import page.bits.live.Viewer;
import page.bits.live.jte.Jte;

/// The fragments of one post: its text, which all share, and its like button, which an account's
/// windows share and all who are signed out.
final class PostViews {
  /// The account that looks; 0 is nobody.
  record Me(long account) {}

  /// The handle that the viewer writes as; empty for everybody else.
  record Writer(String handle) {
    boolean writesAs(String other) {
      return !handle.isEmpty() && handle.equals(other);
    }
  }

  static final Fragment<PostRef> TEXT = Fragment.shared("post", PostRef.class, PostViews::text);

  static final Fragment<PostRef> LIKE =
      Fragment.scoped("like", PostRef.class, PostViews::me, PostViews::like);

  private PostViews() {}

  static Me me(Db db, Viewer viewer) {
    return new Me(SignedIn.account(db, viewer).map(Account::entity).orElse(0L));
  }

  static Writer writer(Db db, Viewer viewer) {
    return new Writer(SignedIn.account(db, viewer).map(Account::handle).orElse(""));
  }

  /// The places of a post in a list.
  static FeedItem item(PostRef ref) {
    return new FeedItem(ref, Jte.content(TEXT.show(ref)), Jte.content(LIKE.show(ref)));
  }

  private static Html text(Db db, PostRef ref) {
    return Feed.post(db, ref)
        .map(
            post ->
                Jte.html(
                    "post", Map.of("post", post, "text", Html.trusted(Markdown.html(post.text())))))
        .orElse(Html.empty());
  }

  private static Html like(Db db, PostRef ref, Me me) {
    return Jte.html(
        "like",
        Map.of(
            "post",
            ref,
            "count",
            Feed.likes(db, ref),
            "isSignedIn",
            me.account() != 0,
            "isLiked",
            me.account() != 0 && Feed.likes(db, ref, me.account())));
  }
}
