/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.site;

import page.bits.app.account.Sessions;
import page.bits.db.Connection;
import page.bits.db.Db;
import page.bits.live.Access;
import page.bits.live.Page;
import page.bits.live.Site;
import page.bits.live.Viewer;

/// The application as a site: all its pages, actions and assets.
public final class AppSite {
  private AppSite() {}

  /// The site on a connection; `beside` is a class beside the assets.
  public static Site on(Connection connection, Services services, Class<?> beside) {
    Site site = Site.on(connection).guard(AppSite::guard);
    Chrome.declare(site, beside);
    Art.declare(site, beside);
    HomePage.declare(site);
    CreatorPage.declare(site);
    PostPage.declare(site);
    EditPage.declare(site);
    SignInPage.declare(site, services);
    SettingsPage.declare(site);
    return site;
  }

  /// A page that was opened under a cookie that was replaced since loads again under the new one.
  private static Access guard(Db db, Page.Params params, Viewer viewer) {
    return Sessions.isReplaced(db, viewer.id()) ? Access.reload() : Access.allow();
  }
}
