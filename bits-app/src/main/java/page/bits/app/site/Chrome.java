/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.site;

import java.util.Map;
import page.bits.app.account.Account;
import page.bits.db.Db;
import page.bits.live.Document;
import page.bits.live.Fragment;
import page.bits.live.Html;
import page.bits.live.Site;
import page.bits.live.View;
import page.bits.live.Viewer;
import page.bits.live.jte.Jte;

/// What stands around every page: the document, and who is signed in.
final class Chrome {
  private static final String CSS = "app.css";
  private static final String SCRIPT = "app.js";
  private static final String ICON = "icon.svg";

  /// Who looks, as the bar at the top names them; without names for nobody.
  private record Who(java.util.Optional<Account> account) {}

  private static final Fragment<Fragment.None> NAV =
      Fragment.scoped(
              "nav",
              (Db db, Viewer viewer) -> new Who(SignedIn.account(db, viewer)),
              (Db _, Who who) -> Jte.html("nav", Map.of("account", who.account())))
          .in("nav");

  private Chrome() {}

  static void declare(Site site, Class<?> beside) {
    site.layout(Chrome::layout).asset(CSS, beside).asset(SCRIPT, beside).asset(ICON, beside);
  }

  private static Html layout(Document document) {
    return Jte.html(
        "layout",
        Map.of(
            "title", document.title(),
            "css", document.asset(CSS),
            "script", document.asset(SCRIPT),
            "icon", document.asset(ICON),
            "head", document.head(),
            "body", document.body()));
  }

  /// A page of a kind (a class of the style sheet) with this content.
  static Html page(View view, String title, String kind, Html content) {
    view.title(title.isEmpty() ? "Bits" : title + " · Bits");
    return Jte.html("page", Map.of("nav", view.show(NAV), "kind", kind, "content", content));
  }

  /// The page that says that there is none.
  static Html missing(View view, String what) {
    view.notFound();
    return page(view, "Not found", "narrow", Jte.html("missing", Map.of("what", what)));
  }
}
