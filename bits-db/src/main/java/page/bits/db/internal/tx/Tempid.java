/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A name for an entity inside one transaction, resolved to an id by its end.
///
/// A node of a union-find forest: tempids that turn out to be one entity share a root, and the root
/// holds what is known of it. Confined to one evaluation.
final class Tempid implements EntityRef {
  static final long UNRESOLVED = -1;

  private final @Nullable String name;
  private @Nullable Tempid parent;
  private long id = UNRESOLVED;
  private boolean isElement;

  /// A tempid with the caller's name, or one of a map without `:db/id`.
  Tempid(@Nullable String name) {
    this.name = name;
  }

  Optional<String> name() {
    return Optional.ofNullable(name);
  }

  @Override
  public long id() {
    return root().id;
  }

  boolean isResolved() {
    return root().id != UNRESOLVED;
  }

  /// Whether it is to be a schema element.
  boolean isElement() {
    return root().isElement;
  }

  void markAsElement(boolean asElement) {
    root().isElement |= asElement;
  }

  /// Whether both are one entity by now.
  boolean isSameAs(Tempid other) {
    return root().equals(other.root());
  }

  void resolve(long entityId) {
    root().id = entityId;
  }

  Tempid root() {
    Tempid node = this;
    while (node.parent != null) {
      if (node.parent.parent != null) {
        node.parent = node.parent.parent; // halves the path for the next reader
      }
      node = node.parent;
    }
    return node;
  }

  /// Makes both one entity; the caller has seen that they do not hold different ids.
  void unite(Tempid other) {
    Tempid mine = root();
    Tempid theirs = other.root();
    theirs.parent = mine;
    mine.id = Math.max(mine.id, theirs.id);
    mine.isElement |= theirs.isElement;
  }
}
