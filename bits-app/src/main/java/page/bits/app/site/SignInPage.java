/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.site;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import page.bits.app.account.Account;
import page.bits.app.account.Accounts;
import page.bits.app.account.Attempts;
import page.bits.app.account.Device;
import page.bits.app.account.Passwords;
import page.bits.app.account.Sessions;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.error.BitsException;
import page.bits.live.Access;
import page.bits.live.Act;
import page.bits.live.Answer;
import page.bits.live.Fragment;
import page.bits.live.Html;
import page.bits.live.Page;
import page.bits.live.Site;
import page.bits.live.Text;
import page.bits.live.View;
import page.bits.live.Viewer;
import page.bits.live.jte.Jte;

/// Signing in and out.
///
/// The answer to a wrong name and to a wrong password is the same, in words and in time. An attempt
/// is counted before the password is looked at. Signing in and out give the browser a fresh cookie,
/// so that none that somebody planted before is ever worth anything.
final class SignInPage {
  private static final String WRONG = "This name and this password do not belong together.";
  private static final String BUSY = "Many people are signing in. Please try again in a moment.";

  /// What somebody signs in with.
  record Credentials(
      @Text(max = Limits.NAME) String name, @Text(max = Limits.PASSWORD) String password) {}

  /// Nothing is sent to sign out.
  record Nothing() {}

  private static final Fragment<Fragment.None> FORM =
      Fragment.form(
          "sign-in",
          Fragment.None.class,
          (_, _, form) -> Jte.html("sign-in", Map.of("form", form)));

  private static final Fragment<Fragment.None> SAMPLES =
      Fragment.shared(
          "samples", db -> Jte.html("samples", Map.of("samples", Accounts.samples(db))));

  private final Services services;

  private SignInPage(Services services) {
    this.services = services;
  }

  static void declare(Site site, Services services) {
    var page = new SignInPage(services);
    site.page(SignedIn.SIGN_IN, SignInPage::guard, SignInPage::page)
        .action(SignedIn.SIGN_IN, Credentials.class, FORM, Fragment.None.class, page::signIn)
        .action("/sign-out", Nothing.class, (act, _) -> signOut(act))
        .action("/sign-out/everywhere", Nothing.class, (act, _) -> signOutEverywhere(act));
  }

  private static Access guard(Db db, Page.Params params, Viewer viewer) {
    return SignedIn.account(db, viewer)
        .map(account -> Access.redirect(account.home()))
        .orElse(Access.allow());
  }

  private static Html page(View view) {
    return Chrome.page(
        view, "Sign in", "narrow", Html.join(List.of(view.show(FORM), view.show(SAMPLES))));
  }

  private Answer signIn(Act act, Credentials given) {
    Instant now = services.clock().instant();
    return switch (services.attempts().take(given.name(), act.remoteAddress(), now)) {
      case Attempts.Answer.Full(Instant until) ->
          Answer.invalid("sign-in", tooMany(Duration.between(now, until)));
      case Attempts.Answer.Taken taken -> {
        OptionalLong account = Accounts.named(act.db(), given.name());
        String hash = Accounts.passwordHash(act.db(), account);
        Passwords.Check check = services.passwords().check(given.password(), hash);
        yield check == Passwords.Check.RIGHT
            ? welcome(act, account.getAsLong(), taken, now)
            : refuse(act, check, taken);
      }
    };
  }

  private static String tooMany(Duration left) {
    long minutes = Math.max(1, left.plusSeconds(59).toMinutes());
    return "Too many attempts. Please try again in "
        + (minutes == 1 ? "a minute." : minutes + " minutes.");
  }

  private static Answer refuse(Act act, Passwords.Check check, Attempts.Answer.Taken taken) {
    if (check == Passwords.Check.BUSY) {
      act.connection().transact(Attempts.giveBack(taken)); // nobody looked at the password
      return Answer.invalid("sign-in", BUSY);
    }
    return Answer.invalid("sign-in", WRONG);
  }

  private static Answer welcome(Act act, long account, Attempts.Answer.Taken taken, Instant now) {
    String old = act.viewer().id();
    String device = Device.of(act.header("User-Agent").orElse(""));
    String fresh = act.renewViewer(Sessions.MAX_AGE).id();
    var forms = new ArrayList<>(Sessions.open(act.db(), fresh, old, account, device, now));
    forms.addAll(Attempts.giveBack(taken));
    transact(act, forms);
    Optional<Account> signedIn = Sessions.account(act.db(), fresh);
    return Answer.redirect(signedIn.map(Account::home).orElse("/"));
  }

  private static Answer signOut(Act act) {
    return signOut(act, Sessions.end(act.db(), act.viewer().id()));
  }

  private static Answer signOutEverywhere(Act act) {
    return signOut(
        act,
        SignedIn.account(act.db(), act.viewer())
            .map(account -> Sessions.end(Sessions.of(act.db(), account.entity())))
            .orElse(List.of()));
  }

  private static Answer signOut(Act act, List<Object> forms) {
    if (!forms.isEmpty()) {
      transact(act, forms);
    }
    if (!act.viewer().isNobody()) {
      act.renewViewer(Sessions.MAX_AGE);
    }
    return Answer.redirect("/");
  }

  /// A submit that is repeated since no answer came is done again: its forms are other ones, with
  /// another cookie, and what it did before is worth nothing to a browser that never got that.
  private static void transact(Act act, List<Object> forms) {
    try {
      act.transact(forms);
    } catch (BitsException refused) {
      if (!refused.is(DbError.TX_ID_REUSED)) {
        throw refused;
      }
      act.transact(forms);
    }
  }
}
