/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.LinkedHashMap;
import java.util.Map;
import page.bits.db.internal.given.GivenErrors;
import page.bits.error.ErrorData;

/// The tempids of one transaction by name. Confined to one evaluation.
///
/// A negative integer is the tempid named by its digits, so `-1` and `"-1"` are one entity.
final class Tempids {
  /// The tempid of the transaction itself.
  static final String TX = "datomic.tx";

  private final Map<String, Tempid> named = new LinkedHashMap<>();
  private final long tx;

  Tempids(Before before) {
    this.tx = before.tx();
  }

  Tempid named(String name) {
    Tempid tempid = named.get(name);
    if (tempid == null) {
      if (!Values.isWellFormed(name)) {
        throw GivenErrors.illFormedText(ErrorData.none(), "a tempid");
      }
      tempid = new Tempid(name);
      if (name.equals(TX)) {
        tempid.resolve(tx);
      }
      named.put(name, tempid);
    }
    return tempid;
  }

  /// The tempid of a map without `:db/id`.
  static Tempid anonymous() {
    return new Tempid(null);
  }

  /// The ids of the names that the caller gave.
  Map<String, Long> resolved() {
    var ids = new LinkedHashMap<String, Long>();
    named.forEach(
        (name, tempid) -> {
          if (tempid.isResolved()) {
            ids.put(name, tempid.id());
          }
        });
    return ids;
  }
}
