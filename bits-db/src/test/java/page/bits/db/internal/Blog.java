/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal;

import static page.bits.db.internal.TestDb.attribute;

import page.bits.db.Db;

/// A small database of users, posts and comments that tests of queries and pull read.
public final class Blog {
  private Blog() {}

  public static Db db() {
    return TestDb.of(schema(), enums(), people(), posts());
  }

  private static String schema() {
    return "["
        + String.join(
            "\n",
            attribute(":user/name", "string", "one", ":db/unique :db.unique/identity"),
            attribute(":user/age", "long", "one", ":db/index true"),
            attribute(":user/email", "string", "one", ""),
            attribute(":user/tags", "string", "many", ""),
            attribute(":user/active", "boolean", "one", ""),
            attribute(":user/balance", "bigdec", "one", ""),
            attribute(":user/friends", "ref", "many", ""),
            attribute(":user/level", "keyword", "one", ""),
            attribute(":user/joined", "instant", "one", ""),
            attribute(":user/weight", "double", "one", ""),
            attribute(":post/author", "ref", "one", ""),
            attribute(":post/title", "string", "one", ""),
            attribute(":post/status", "ref", "one", ""),
            attribute(":post/comments", "ref", "many", ":db/isComponent true"),
            attribute(":comment/text", "string", "one", ""),
            attribute(":comment/author", "ref", "one", ""))
        + "]";
  }

  private static String enums() {
    return "[{:db/ident :status/draft} {:db/ident :status/public}]";
  }

  private static String people() {
    return """
        [{:db/id "ann" :user/name "Ann" :user/age 30 :user/email "ann@x" :user/tags ["red" "blue"]
          :user/active true :user/balance 10.50M :user/friends ["bob" "cid"] :user/level :level/gold
          :user/joined #inst "2024-01-01" :user/weight 60.5}
         {:db/id "bob" :user/name "Bob" :user/age 40 :user/tags ["red"] :user/active false
          :user/friends ["ann"] :user/level :level/iron :user/joined #inst "2025-06-01"}
         {:db/id "cid" :user/name "Cid" :user/age 20 :user/friends ["ann" "dee"]}
         {:db/id "dee" :user/name "Dee" :user/age 30}]""";
  }

  private static String posts() {
    return """
        [{:post/title "First" :post/author [:user/name "Ann"] :post/status :status/public
          :post/comments [{:comment/text "nice" :comment/author [:user/name "Bob"]}
                          {:comment/text "hm" :comment/author [:user/name "Cid"]}]}
         {:post/title "Second" :post/author [:user/name "Ann"] :post/status :status/draft}
         {:post/title "Third" :post/author [:user/name "Bob"] :post/status :status/public
          :post/comments [{:comment/text "ok" :comment/author [:user/name "Ann"]}]}]""";
  }
}
