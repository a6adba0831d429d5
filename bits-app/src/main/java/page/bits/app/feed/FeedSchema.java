/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.feed;

/// The attributes of creators and posts. When a post was written is when its transaction was.
public final class FeedSchema {
  /// The schema as one transaction.
  public static final String EDN =
      """
      [{:db/ident :creator/handle :db/valueType :db.type/string
        :db/cardinality :db.cardinality/one :db/unique :db.unique/identity
        :db/doc "The name in the address of a creator's page"}
       {:db/ident :creator/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
       {:db/ident :creator/bio :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
       {:db/ident :post/creator :db/valueType :db.type/ref :db/cardinality :db.cardinality/one}
       {:db/ident :post/text :db/valueType :db.type/string :db/cardinality :db.cardinality/one}]
      """;

  private FeedSchema() {}
}
