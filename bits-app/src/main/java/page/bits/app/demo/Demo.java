/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import page.bits.app.feed.PostRef;
import page.bits.app.feed.Writing;
import page.bits.db.Connection;
import page.bits.db.Tx;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;

/// The sample creators of `demo.edn`, with accounts that anybody may use.
///
/// All of it is one transaction that happens once for ever, whichever node comes first: adding them
/// again does nothing, and what somebody deletes or writes meanwhile stays so.
public final class Demo {
  private static final String FILE = "/page/bits/app/demo/demo.edn";

  /// The hash of the password in the file. It is written down because every node must submit the
  /// same forms, and a fresh hash has a fresh salt; the password is no secret.
  private static final String PASSWORD_HASH =
      "$argon2id$v=19$m=19456,t=2,p=1$lkpOqEhpqltplPU9svYafQ$"
          + "Sokl5H4JQzcSxKr/zFVkbBPn6aOCXy2NY30bid6Fg4k";

  private static final UUID ID =
      UUID.nameUUIDFromBytes("bits-demo-2".getBytes(StandardCharsets.UTF_8));

  private final Map<?, ?> data;
  private final List<Object> forms = new ArrayList<>();

  private Demo(Map<?, ?> data) {
    this.data = data;
  }

  /// Adds them, if that was not done before; the schema must be there.
  public static void ensure(Connection connection) {
    var demo = new Demo((Map<?, ?>) Objects.requireNonNull(Edn.read(file())));
    list(demo.data, "creators").forEach(creator -> demo.addCreator((Map<?, ?>) creator));
    list(demo.data, "readers").forEach(reader -> demo.addAccount((String) reader));
    list(demo.data, "likes").forEach(like -> demo.addLike((List<?>) like));
    connection.transact(Tx.of(demo.forms).id(ID));
  }

  private static String file() {
    try (InputStream in = Demo.class.getResourceAsStream(FILE)) {
      return new String(Objects.requireNonNull(in, FILE).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new IllegalStateException("not readable: " + FILE, unreadable);
    }
  }

  private void addCreator(Map<?, ?> creator) {
    String handle = text(creator, "handle");
    List<?> posts = list(creator, "posts");
    var facts = new LinkedHashMap<String, Object>();
    facts.put(":db/id", "creator " + handle);
    facts.put(":creator/handle", handle);
    facts.put(":creator/name", text(creator, "name"));
    facts.put(":creator/bio", text(creator, "bio"));
    facts.put(":creator/links", text(creator, "links"));
    facts.put(":creator/art", handle);
    facts.put(":creator/last-post", (long) posts.size());
    forms.add(facts);
    addAccount(handle);
    forms.add(List.of(":db/add", "account " + handle, ":account/creator", "creator " + handle));
    for (int i = 0; i < posts.size(); i++) {
      addPost(new PostRef(handle, i + 1L), (List<?>) posts.get(i));
    }
  }

  private void addAccount(String name) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put(":db/id", "account " + name);
    facts.put(":account/name", name);
    facts.put(":account/password", PASSWORD_HASH);
    facts.put(":account/demo-password", text(data, "password"));
    forms.add(facts);
  }

  private void addPost(PostRef ref, List<?> post) {
    var facts = new LinkedHashMap<>(Writing.facts(ref, (String) post.get(1)));
    facts.put(":db/id", "post " + ref.key());
    facts.put(":post/creator", "creator " + ref.handle());
    facts.put(":post/at", Instant.parse((String) post.get(0)));
    forms.add(facts);
  }

  private void addLike(List<?> like) {
    var ref = new PostRef((String) like.get(1), (Long) like.get(2));
    forms.add(List.of(":db/add", "post " + ref.key(), ":post/likes", "account " + like.get(0)));
  }

  private static String text(Map<?, ?> map, String key) {
    return (String) Objects.requireNonNull(map.get(Keyword.of(key)), key);
  }

  private static List<?> list(Map<?, ?> map, String key) {
    return (List<?>) Objects.requireNonNull(map.get(Keyword.of(key)), key);
  }
}
