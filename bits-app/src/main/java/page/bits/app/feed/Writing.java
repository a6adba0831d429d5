/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.feed;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Index;
import page.bits.db.Pulled;

/// The forms of transactions that write posts. Stateless.
///
/// Each form names a post by its key and a creator by the handle, so that a transaction about one
/// that was deleted meanwhile is refused as a whole.
public final class Writing {
  private Writing() {}

  private static List<Object> creator(String handle) {
    return List.of(":creator/handle", handle);
  }

  /// The number that the next post of a creator gets.
  public static long nextNumber(Db db, String handle) {
    return last(db, handle).orElse(0L) + 1;
  }

  private static Optional<Long> last(Db db, String handle) {
    Pulled found = db.pull("[:creator/last-post]", creator(handle));
    return found.integer(":creator/last-post");
  }

  /// Adds the post with the number that [#nextNumber] gave; refused with `:db.error/cas-failed`
  /// when another one got it.
  public static List<Object> post(PostRef ref, String text) {
    Object before = ref.number() == 1 ? null : ref.number() - 1;
    return List.of(
        Arrays.asList(":db/cas", creator(ref.handle()), ":creator/last-post", before, ref.number()),
        facts(ref, text));
  }

  /// The facts of a post.
  public static Map<String, Object> facts(PostRef ref, String text) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put(":post/key", ref.key());
    facts.put(":post/creator", creator(ref.handle()));
    facts.put(":post/number", ref.number());
    facts.put(":post/text", text);
    return facts;
  }

  /// Gives a post another text; refused with `:db.error/cas-failed` when it has not the text that
  /// the writer saw.
  public static List<Object> edit(Post seen, String text) {
    return List.of(List.of(":db/cas", seen.ref().entity(), ":post/text", seen.text(), text));
  }

  /// Deletes a post with its likes.
  public static List<Object> delete(PostRef ref) {
    return List.of(List.of(":db/retractEntity", ref.entity()));
  }

  public static List<Object> like(PostRef ref, long account) {
    return List.of(List.of(":db/add", ref.entity(), ":post/likes", account));
  }

  public static List<Object> unlike(PostRef ref, long account) {
    return List.of(List.of(":db/retract", ref.entity(), ":post/likes", account));
  }

  /// Says anew who a creator is; an empty bio or no links retracts what was there.
  public static List<Object> profile(Db db, Creator creator) {
    var forms = new java.util.ArrayList<Object>();
    set(forms, db, creator.handle(), ":creator/name", creator.name());
    set(forms, db, creator.handle(), ":creator/bio", creator.bio());
    set(forms, db, creator.handle(), ":creator/links", creator.links());
    return forms;
  }

  private static void set(
      List<Object> forms, Db db, String handle, String attribute, String value) {
    if (!value.isEmpty()) {
      forms.add(List.of(":db/add", creator(handle), attribute, value));
      return;
    }
    for (Datom datom : db.datoms(Index.EAVT, creator(handle), attribute)) {
      forms.add(List.of(":db/retract", creator(handle), attribute, datom.v()));
    }
  }
}
