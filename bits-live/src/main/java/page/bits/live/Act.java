/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import java.util.List;
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

  /// Commits these forms and waits. The first transaction of a submit that came with an id happens
  /// once, however often the request is repeated.
  TxReport transact(List<?> forms);
}
