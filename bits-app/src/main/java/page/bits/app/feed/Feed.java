/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.feed;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import page.bits.db.Db;

/// What the pages read of creators and posts, and the transactions that write them. Stateless.
public final class Feed {
  private static final int SHOWN_MAX = 100;

  private static final String CREATORS =
      """
      [:find ?handle ?name ?bio :keys handle name bio
       :where [?c :creator/handle ?handle] [?c :creator/name ?name] [?c :creator/bio ?bio]]""";

  private static final String CREATOR =
      """
      [:find ?handle ?name ?bio :keys handle name bio
       :in $ ?handle
       :where [?c :creator/handle ?handle] [?c :creator/name ?name] [?c :creator/bio ?bio]]""";

  private static final String POSTS =
      """
      [:find ?p ?text ?at :keys id text at
       :in $ ?handle
       :where [?c :creator/handle ?handle] [?p :post/creator ?c]
              [?p :post/text ?text ?tx] [?tx :db/txInstant ?at]]""";

  private Feed() {}

  /// All creators, by name.
  public static List<Creator> creators(Db db) {
    return db.query(CREATORS).list(Creator.class).stream()
        .sorted(Comparator.comparing(Creator::name).thenComparing(Creator::handle))
        .toList();
  }

  public static Optional<Creator> creator(Db db, String handle) {
    return db.query(CREATOR, handle).one(Creator.class);
  }

  /// The newest posts of a creator, newest first.
  public static List<Post> posts(Db db, String handle) {
    return db.query(POSTS, handle).list(Post.class).stream()
        .sorted(Post.NEWEST_FIRST)
        .limit(SHOWN_MAX)
        .toList();
  }

  /// The transaction that adds a post.
  public static List<?> post(String handle, String text) {
    return List.of(Map.of(":post/creator", List.of(":creator/handle", handle), ":post/text", text));
  }
}
