/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import page.bits.db.Connection;
import page.bits.db.Db;
import page.bits.db.TxReport;

/// One request for change, as an action sees it. Confined to its thread.
public interface Act {
  /// A variable of the action's path.
  String param(String name);

  /// The newest database value here.
  Db db();

  Connection connection();

  /// Who sent it; [Viewer#NOBODY] when the request brought no visitor's cookie.
  Viewer viewer();

  /// Gives the browser a fresh visitor's cookie with this answer, valid for `maxAge`, and returns
  /// the viewer that it will be: facts stored under it hold from the next request on. Sign-in and
  /// sign-out do this, so that no cookie that somebody planted before is ever trusted. A live page
  /// is then answered with a navigation, not with a frame.
  Viewer renewViewer(Duration maxAge);

  /// Whether the request came over TLS, here or at the proxy before this node.
  boolean isSecure();

  /// The first value of a header of the request, by its name in any case.
  Optional<String> header(String name);

  /// The address it came from; behind a proxy on this machine or in a private network, the one that
  /// the proxy names last in `X-Forwarded-For`. For load limits only: it proves nothing.
  String remoteAddress();

  /// Commits these forms and waits. The first transaction that a submit with an id commits happens
  /// once, however often the request is repeated: a repetition with the same forms gets the first
  /// report, one with others is refused with `:bits.error/tx-id-reused`. Not so after
  /// [#renewViewer(Duration)], whose viewer is another one each time.
  TxReport transact(List<?> forms);
}
