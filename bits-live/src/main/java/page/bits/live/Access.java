/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

/// What a [Guard] answers. Only the singletons and a path: it is compared when the data changes.
public sealed interface Access {
  /// The page may be seen.
  record Allow() implements Access {
    static final Allow ALLOW = new Allow();
  }

  /// There is no such page, for this viewer: 404.
  record NotFound() implements Access {
    static final NotFound NOT_FOUND = new NotFound();
  }

  /// The viewer may not see it: 403.
  record Forbidden() implements Access {
    static final Forbidden FORBIDDEN = new Forbidden();
  }

  /// Another page of this site is the one to see.
  record Redirect(String path) implements Access {
    public Redirect {
      Answer.requireLocal(path);
    }
  }

  /// The viewer is no longer in use, and the browser has another by now: load the page again. A
  /// request that still brings the old one is given a new one and shown the page as that.
  record Reload() implements Access {
    static final Reload RELOAD = new Reload();
  }

  static Access allow() {
    return Allow.ALLOW;
  }

  static Access notFound() {
    return NotFound.NOT_FOUND;
  }

  static Access forbidden() {
    return Forbidden.FORBIDDEN;
  }

  static Access redirect(String path) {
    return new Redirect(path);
  }

  static Access reload() {
    return Reload.RELOAD;
  }
}
