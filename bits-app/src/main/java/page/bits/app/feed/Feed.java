/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.feed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Index;
import page.bits.db.Pulled;

/// What the pages read of creators and posts. Stateless.
///
/// Every read is a lookup or the beginning of an index range; what one costs does not grow with the
/// number of creators' posts.
public final class Feed {
  /// The posts of one page.
  public static final int PAGE_SIZE = 10;

  private Feed() {}

  /// The handles of all creators, in alphabetical order.
  public static List<String> handles(Db db) {
    var handles = new ArrayList<String>();
    for (Datom datom : db.datoms(Index.AVET, ":creator/handle")) {
      handles.add((String) datom.v());
    }
    return handles;
  }

  public static Optional<Creator> creator(Db db, String handle) {
    OptionalLong entity = db.entid(List.of(":creator/handle", handle));
    return entity.isEmpty() ? Optional.empty() : Optional.of(creator(db, entity.getAsLong()));
  }

  /// The creator that this entity is.
  public static Creator creator(Db db, long entity) {
    Pulled found =
        db.pull("[:creator/handle :creator/name :creator/bio :creator/links :creator/art]", entity);
    return new Creator(
        text(found, ":creator/handle"),
        text(found, ":creator/name"),
        text(found, ":creator/bio"),
        text(found, ":creator/links"),
        text(found, ":creator/art"));
  }

  /// The name of a creator, read alone: a page's title depends on nothing else.
  public static Optional<String> name(Db db, String handle) {
    return db.entid(List.of(":creator/handle", handle)).isEmpty()
        ? Optional.empty()
        : db.pull("[:creator/name]", List.of(":creator/handle", handle)).string(":creator/name");
  }

  private static String text(Pulled found, String attribute) {
    return found.string(attribute).orElse("");
  }

  /// The posts of a creator before that number, exclusive; 0 begins at the newest.
  public static FeedPage page(Db db, String handle, long before) {
    long newest = before == 0 ? PostRef.NUMBER_MAX : before - 1;
    Iterator<Datom> keys =
        db.indexRange(":post/key", PostRef.from(handle, newest), PostRef.end(handle)).iterator();
    var posts = new ArrayList<PostRef>();
    while (posts.size() < PAGE_SIZE && keys.hasNext()) {
      posts.add(PostRef.of((String) keys.next().v()));
    }
    return new FeedPage(posts, keys.hasNext());
  }

  public static Optional<Post> post(Db db, PostRef ref) {
    OptionalLong entity = db.entid(ref.entity());
    if (entity.isEmpty()) {
      return Optional.empty();
    }
    Optional<Datom> text = datom(db, entity.getAsLong(), ":post/text");
    Optional<Datom> key = datom(db, entity.getAsLong(), ":post/key");
    if (text.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    Instant made = instant(db, key.get().tx());
    Instant at = datom(db, entity.getAsLong(), ":post/at").map(d -> (Instant) d.v()).orElse(made);
    Optional<Instant> editedAt =
        text.get().tx() == key.get().tx()
            ? Optional.empty()
            : Optional.of(instant(db, text.get().tx()));
    return Optional.of(new Post(ref, (String) text.get().v(), at, editedAt, text.get().t()));
  }

  /// How many accounts like a post. Costs one step for each.
  public static int likes(Db db, PostRef ref) {
    OptionalLong entity = db.entid(ref.entity());
    int count = 0;
    if (entity.isPresent()) {
      for (Datom _ : db.datoms(Index.EAVT, entity.getAsLong(), ":post/likes")) {
        count++;
      }
    }
    return count;
  }

  /// Whether an account likes a post.
  public static boolean likes(Db db, PostRef ref, long account) {
    OptionalLong entity = db.entid(ref.entity());
    return entity.isPresent()
        && db.datoms(Index.EAVT, entity.getAsLong(), ":post/likes", account).iterator().hasNext();
  }

  private static Optional<Datom> datom(Db db, long entity, String attribute) {
    Iterator<Datom> found = db.datoms(Index.EAVT, entity, attribute).iterator();
    return found.hasNext() ? Optional.of(found.next()) : Optional.empty();
  }

  private static Instant instant(Db db, long tx) {
    return datom(db, tx, ":db/txInstant").map(d -> (Instant) d.v()).orElseThrow();
  }
}
