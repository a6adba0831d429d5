/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import page.bits.db.Connection;
import page.bits.db.Cursor;
import page.bits.db.Db;

/// A database value and its point in the log.
public record Moment(Db db, Cursor cursor) {
  public long t() {
    return cursor.t();
  }

  /// The newest moment of a connection: a value and a cursor that belong together.
  static Moment of(Connection connection) {
    while (true) {
      Cursor cursor = connection.cursor();
      Db db = connection.db();
      if (db.basisT() == cursor.t()) {
        return new Moment(db, cursor);
      }
      Thread.onSpinWait(); // a transaction came between the two calls
    }
  }
}
