/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.Cursor;
import page.bits.db.Db;
import page.bits.live.Form;
import page.bits.live.Fragment;

/// A fragment with its parameters, while some page shows it. Its state belongs to [Fragments] and
/// is read and written under that lock; the rest never changes.
final class LiveFragment {
  private final Key key;
  private final String domId;

  /// The pages whose tree holds this fragment.
  final Set<LivePage> pages = new HashSet<>(2);

  @Nullable Rendered state;
  List<LiveFragment> children = List.of();

  /// The last point at which the state is right; null while nothing touched what it read.
  @Nullable Cursor validThrough;

  long renderedNanos;

  /// What makes two fragments one.
  record Key(Fragment<?> fragment, Object params) {}

  LiveFragment(Key key) {
    this.key = key;
    this.domId = domId(key);
  }

  Key key() {
    return key;
  }

  String name() {
    return key.fragment().name();
  }

  String tag() {
    return key.fragment().tag();
  }

  /// The id of its element: derived from name and parameters, the same on every node.
  String domId() {
    return domId;
  }

  boolean needsRender() {
    return state == null || validThrough != null;
  }

  /// The tree below this fragment, itself first, in document order; one that occurs again is left
  /// out.
  List<LiveFragment> walk() {
    var seen = new LinkedHashSet<LiveFragment>();
    walk(this, seen);
    return List.copyOf(seen);
  }

  private static void walk(LiveFragment fragment, Set<LiveFragment> seen) {
    if (seen.add(fragment)) {
      fragment.children.forEach(child -> walk(child, seen));
    }
  }

  Fragment.Output render(Db db, Form form) {
    return render(key.fragment(), db, form);
  }

  @SuppressWarnings("unchecked") // a key is made only of a fragment and parameters of its type
  private <P> Fragment.Output render(Fragment<P> fragment, Db db, Form form) {
    return fragment.render(db, (P) key.params(), form);
  }

  private static String domId(Key key) {
    String name = key.fragment().name();
    if (key.params() instanceof Fragment.None) {
      return "b-" + name;
    }
    String prefix = name.startsWith("/") ? "b-page" : "b-" + name;
    return prefix + "-" + hash(name + '\n' + key.params());
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException impossible) { // every JDK has it
      throw new AssertionError(impossible);
    }
  }
}
