/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.site;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import page.bits.app.account.Account;
import page.bits.app.account.Session;
import page.bits.app.account.Sessions;
import page.bits.app.feed.Creator;
import page.bits.app.feed.Feed;
import page.bits.app.feed.Writing;
import page.bits.app.text.Links;
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

/// Where somebody who is signed in changes who they are, and sees where else they are signed in.
final class SettingsPage {
  private static final String PATH = "/settings";

  /// A profile as it is sent.
  record Profile(
      @Text(max = Limits.NAME) String name,
      @Text(max = Limits.BIO, min = 0) String bio,
      @Text(max = Limits.LINKS, min = 0) String links) {}

  /// Which session, by its entity.
  record Which(long session) {}

  private static final Fragment<Fragment.None> PROFILE =
      Fragment.scoped("profile-form", PostViews::writer, SettingsPage::profileForm);

  private static final Fragment<Fragment.None> SESSIONS =
      Fragment.personal("sessions", SettingsPage::sessions);

  private SettingsPage() {}

  static void declare(Site site) {
    site.page(PATH, SettingsPage::guard, SettingsPage::page)
        .action(PATH + "/profile", Profile.class, PROFILE, Fragment.None.class, SettingsPage::save)
        .action(PATH + "/sessions/{session}/end", Which.class, SettingsPage::end);
  }

  private static Access guard(Db db, Page.Params params, Viewer viewer) {
    return SignedIn.account(db, viewer).isPresent()
        ? Access.allow()
        : Access.redirect(SignedIn.SIGN_IN);
  }

  private static Html page(View view) {
    Html content =
        Jte.html(
            "settings", Map.of("profile", view.show(PROFILE), "sessions", view.show(SESSIONS)));
    return Chrome.page(view, "Settings", "narrow", content);
  }

  private static Html profileForm(Db db, PostViews.Writer writer, Form form) {
    return Feed.creator(db, writer.handle())
        .map(creator -> Jte.html("profile-form", Map.of("creator", creator, "form", form)))
        .orElse(Html.empty());
  }

  private static Html sessions(Db db, Viewer viewer) {
    return SignedIn.account(db, viewer)
        .map(account -> sessions(Sessions.of(db, account.entity()), viewer))
        .orElse(Html.empty());
  }

  private static Html sessions(List<Session> sessions, Viewer viewer) {
    return Jte.html("sessions", Map.of("sessions", sessions, "here", viewer.id()));
  }

  private static Answer save(Act act, Profile profile) {
    if (!profile.name().codePoints().allMatch(SettingsPage::isOfAName)) {
      return Answer.invalid("name", "A name is one line, without signs that nobody sees.");
    }
    return switch (Links.parse(profile.links())) {
      case Links.Parsed.Wrong(String sentence) -> Answer.invalid("links", sentence);
      case Links.Parsed.Good good ->
          SignedIn.run(act, account -> save(act, account, profile, good));
    };
  }

  /// Signs that turn the direction of text, and other invisible ones, make one name look like
  /// another; the joiner of emoji is needed.
  private static boolean isOfAName(int codePoint) {
    int type = Character.getType(codePoint);
    return codePoint == 0x200D
        || (type != Character.CONTROL
            && type != Character.FORMAT
            && type != Character.LINE_SEPARATOR
            && type != Character.PARAGRAPH_SEPARATOR
            && type != Character.SURROGATE
            && type != Character.PRIVATE_USE);
  }

  private static Answer save(Act act, Account account, Profile profile, Links.Parsed.Good links) {
    if (!account.isCreator()) {
      return Answer.redirect(PATH);
    }
    var creator =
        new Creator(account.handle(), profile.name(), profile.bio(), Links.text(links.links()), "");
    return switch (SignedIn.writeAsCreator(act, account, Writing.profile(act.db(), creator))) {
      case DONE -> Answer.redirect(creator.path());
      case CHANGED -> Answer.stay();
      case SIGNED_OUT -> Answer.redirect(SignedIn.SIGN_IN);
    };
  }

  private static Answer end(Act act, Which which) {
    return SignedIn.run(act, account -> end(act, account, which));
  }

  private static Answer end(Act act, Account account, Which which) {
    Optional<Session> session =
        Sessions.of(act.db(), account.entity()).stream()
            .filter(each -> each.entity() == which.session())
            .findFirst();
    if (session.isEmpty()) {
      return Answer.stay(); // it has ended, or is somebody else's
    }
    boolean isOwn = session.get().key().equals(act.viewer().id());
    var forms = Sessions.end(List.of(session.get()));
    if (isOwn) {
      act.transact(forms);
      return Answer.redirect("/");
    }
    return switch (SignedIn.write(act, account, forms)) {
      case DONE, CHANGED -> Answer.stay();
      case SIGNED_OUT -> Answer.redirect(SignedIn.SIGN_IN);
    };
  }
}
