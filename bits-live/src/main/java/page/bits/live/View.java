/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import page.bits.db.Db;

/// A page in the making: the database value, the variables of its path, and the holes for
/// fragments. Confined to the call of the page's function.
public final class View {
  private final Db db;
  private final Page.Params params;
  private String title = "";
  private int status = 200;

  View(Db db, Page.Params params) {
    this.db = db;
    this.params = params;
  }

  /// The database value to read; what is read through it is recorded.
  public Db db() {
    return db;
  }

  /// A variable of the page's path.
  public String param(String name) {
    return params.param(name);
  }

  /// The place of a fragment without parameters.
  public Html show(Fragment<Fragment.None> fragment) {
    return fragment.show(Fragment.None.NONE);
  }

  /// The place of a fragment.
  public <P extends Record> Html show(Fragment<P> fragment, P fragmentParams) {
    return fragment.show(fragmentParams);
  }

  /// Sets the document's title.
  public View title(String text) {
    title = text;
    return this;
  }

  /// Says that what the path names does not exist: the page is answered with 404.
  public View notFound() {
    status = 404;
    return this;
  }

  PageHead head() {
    return new PageHead(title, status);
  }
}
