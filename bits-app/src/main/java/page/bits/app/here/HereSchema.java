/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.here;

/// The attributes of who is where. All are ephemeral: nothing of it is in any history.
public final class HereSchema {
  /// The schema as one transaction; needs a database of format level 2.
  public static final String EDN =
      """
      [{:db/ident :here/creator :db/valueType :db.type/ref :db/cardinality :db.cardinality/one
        :db/ephemeral true :db/doc "The creator whose pages somebody looks at"}
       {:db/ident :here/visitor :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/ephemeral true :db/doc "The hash of that visitor's cookie"}]
      """;

  /// The format level from which a database has ephemeral attributes.
  public static final int FORMAT_LEVEL = 2;

  private HereSchema() {}
}
