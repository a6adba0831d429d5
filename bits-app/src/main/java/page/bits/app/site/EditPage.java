/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.site;

import java.util.Map;
import java.util.Optional;
import page.bits.app.account.Account;
import page.bits.app.feed.Feed;
import page.bits.app.feed.Post;
import page.bits.app.feed.PostRef;
import page.bits.app.feed.Writing;
import page.bits.app.text.Markdown;
import page.bits.db.Db;
import page.bits.live.Access;
import page.bits.live.Act;
import page.bits.live.Answer;
import page.bits.live.Form;
import page.bits.live.Fragment;
import page.bits.live.Html;
import page.bits.live.Page;
import page.bits.live.Site;
import page.bits.live.Text;
import page.bits.live.View;
import page.bits.live.Viewer;
import page.bits.live.jte.Jte;

/// Where the writer of a post changes or deletes it.
final class EditPage {
  /// A post as it is sent; `version` is the t of the text that the writer saw.
  record Edit(
      @Text(max = Limits.HANDLE) String handle,
      long number,
      long version,
      @Text(max = Limits.POST) String text) {
    Edit {
      PostRef.requireNumber(number);
    }

    PostRef ref() {
      return new PostRef(handle, number);
    }
  }

  private static final Fragment<PostRef> FORM =
      Fragment.scoped("edit", PostRef.class, PostViews::writer, EditPage::form);

  private EditPage() {}

  static void declare(Site site) {
    site.page("/c/{handle}/{number}/edit", EditPage::guard, EditPage::page)
        .action("/c/{handle}/{number}/edit", Edit.class, FORM, PostRef.class, EditPage::edit)
        .action("/c/{handle}/{number}/delete", PostPage.Which.class, EditPage::delete);
  }

  private static Access guard(Db db, Page.Params params, Viewer viewer) {
    Optional<PostRef> ref = PostPage.ref(params);
    if (ref.isEmpty() || db.entid(ref.get().entity()).isEmpty()) {
      return Access.notFound();
    }
    Optional<Account> account = SignedIn.account(db, viewer);
    if (account.isEmpty()) {
      return Access.redirect(SignedIn.SIGN_IN);
    }
    return account.get().writesAs(ref.get().handle()) ? Access.allow() : Access.forbidden();
  }

  private static Html page(View view) {
    var ref = new PostRef(view.param("handle"), Long.parseLong(view.param("number")));
    return Chrome.page(view, "Edit post", "narrow", view.show(FORM, ref));
  }

  private static Html form(Db db, PostRef ref, PostViews.Writer writer, Form form) {
    return Feed.post(db, ref)
        .filter(_ -> writer.writesAs(ref.handle()))
        .map(post -> Jte.html("edit", Map.of("post", post, "form", form)))
        .orElse(Html.empty());
  }

  private static Answer edit(Act act, Edit edit) {
    if (Markdown.html(edit.text()).isEmpty()) {
      return Answer.invalid("text", "Nothing of this text would be seen.");
    }
    return SignedIn.runAsWriter(act, edit.handle(), account -> edit(act, account, edit));
  }

  private static Answer edit(Act act, Account account, Edit edit) {
    Optional<Post> post = Feed.post(act.db(), edit.ref());
    if (post.isEmpty()) {
      return Answer.redirect("/c/" + edit.handle());
    }
    if (post.get().version() != edit.version()) {
      return changed();
    }
    return switch (SignedIn.writeAsCreator(act, account, Writing.edit(post.get(), edit.text()))) {
      case DONE -> Answer.redirect(edit.ref().path());
      case SIGNED_OUT -> Answer.redirect(SignedIn.SIGN_IN);
      case CHANGED ->
          act.db().entid(edit.ref().entity()).isPresent()
              ? changed()
              : Answer.redirect("/c/" + edit.handle());
    };
  }

  private static Answer changed() {
    return Answer.invalid(
        "version", "Another window changed this post meanwhile. Save again to replace that.");
  }

  private static Answer delete(Act act, PostPage.Which which) {
    return SignedIn.runAsWriter(
        act,
        which.handle(),
        account ->
            switch (SignedIn.writeAsCreator(act, account, Writing.delete(which.ref()))) {
              case DONE, CHANGED -> Answer.redirect("/c/" + which.handle());
              case SIGNED_OUT -> Answer.redirect(SignedIn.SIGN_IN);
            });
  }
}
