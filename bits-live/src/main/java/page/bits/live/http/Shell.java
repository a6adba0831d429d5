/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import page.bits.db.Cursor;
import page.bits.live.Document;
import page.bits.live.Html;
import page.bits.live.Site;
import page.bits.live.Viewer;
import page.bits.live.fragment.Snapshot;

/// What stands around every page: the layout, what the client's script needs, and the headers.
final class Shell {
  private static final String CONFIG =
      "{&#34;morphIgnore&#34;:[&#34;data-htmx-powered&#34;,&#34;open&#34;],"
          + "&#34;history&#34;:false,&#34;includeIndicatorCSS&#34;:false}";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
          + "frame-ancestors 'none'";

  private final Site site;
  private final Assets assets;

  Shell(Site site, Assets assets) {
    this.site = site;
    this.assets = assets;
  }

  /// A page that follows the database from its point on, made for this viewer.
  LiveResponse.Whole live(int status, Snapshot page, String body, Viewer viewer) {
    Cursor cursor = page.at();
    Html script =
        new Html.Builder()
            .markup("<meta name=\"htmx-config\" content=\"" + CONFIG + "\">\n")
            .markup("<meta name=\"bits-cursor\" content=\"" + cursor + "\">\n")
            .markup("<meta name=\"bits-viewer\" content=\"" + Visitors.tag(viewer) + "\">\n")
            .markup("<script src=\"" + assets.address(Assets.HTMX) + "\" defer></script>\n")
            .markup("<script src=\"" + assets.address(Assets.LIVE) + "\" defer></script>\n")
            .build();
    return document(status, page.head().title(), script, Html.trusted(body))
        .with("Bits-Cursor", cursor.toString())
        .with("Set-Cookie", cookie(cursor));
  }

  static String cookie(Cursor cursor) {
    return "bits-cursor=" + cursor + "; Path=/; SameSite=Lax";
  }

  /// A page that says one thing.
  LiveResponse.Whole message(int status, String title, String text) {
    Html body =
        new Html.Builder()
            .markup("<main class=\"bits-message\"><h1>")
            .add(Html.of(title))
            .markup("</h1><p>")
            .add(Html.of(text))
            .markup("</p><p><a href=\"/\">Start page</a></p></main>")
            .build();
    return document(status, title, Html.empty(), body);
  }

  private LiveResponse.Whole document(int status, String title, Html head, Html body) {
    Html html = site.layout().apply(new Document(title, head, body, assets::address));
    return LiveResponse.of(status, "text/html; charset=utf-8", html.toString())
        .with("Cache-Control", "no-store")
        .with("Content-Security-Policy", POLICY)
        .with("Referrer-Policy", "same-origin")
        .with("X-Content-Type-Options", "nosniff");
  }
}
