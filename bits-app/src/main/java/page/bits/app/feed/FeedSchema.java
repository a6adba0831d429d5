/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.feed;

/// The attributes of creators and posts.
public final class FeedSchema {
  /// The schema as one transaction.
  public static final String EDN =
      """
      [{:db/ident :creator/handle :db/valueType :db.type/string
        :db/cardinality :db.cardinality/one :db/unique :db.unique/identity
        :db/doc "The name in the address of a creator's page; it never changes"}
       {:db/ident :creator/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
       {:db/ident :creator/bio :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
       {:db/ident :creator/links :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/doc "A label and an address in each line"}
       {:db/ident :creator/art :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/doc "The name of the avatar and the banner that come with the application"}
       {:db/ident :creator/last-post :db/valueType :db.type/long :db/cardinality :db.cardinality/one
        :db/doc "The number of the newest post ever; raised by compare-and-set"}
       {:db/ident :post/key :db/valueType :db.type/string
        :db/cardinality :db.cardinality/one :db/unique :db.unique/identity
        :db/doc "The handle and the number from the end: the index holds the newest first"}
       {:db/ident :post/creator :db/valueType :db.type/ref :db/cardinality :db.cardinality/one}
       {:db/ident :post/number :db/valueType :db.type/long :db/cardinality :db.cardinality/one
        :db/doc "1 is the first of its creator; never given twice"}
       {:db/ident :post/text :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/doc "Markdown"}
       {:db/ident :post/at :db/valueType :db.type/instant :db/cardinality :db.cardinality/one
        :db/doc "When it was written, where that was before it came into this database"}
       {:db/ident :post/likes :db/valueType :db.type/ref :db/cardinality :db.cardinality/many
        :db/doc "The accounts that like it"}]
      """;

  private FeedSchema() {}
}
