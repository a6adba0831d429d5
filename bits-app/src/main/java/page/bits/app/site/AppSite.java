/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.site;

import page.bits.db.Connection;
import page.bits.live.Site;

/// The application as a site: all its pages, actions and assets.
public final class AppSite {
  private AppSite() {}

  /// The site on a connection; `beside` is a class beside the assets.
  public static Site on(Connection connection, Services services, Class<?> beside) {
    Site site = Site.on(connection);
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
}
