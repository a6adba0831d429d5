/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A symbol: a name with an optional namespace, such as `?e`, `count` or `my.ns/fn`. Immutable;
/// equal by text.
///
/// Ordered by namespace (none first), then by name.
public final class Symbol implements Comparable<Symbol> {
  private static final Comparator<Symbol> ORDER =
      Comparator.comparing(
              (Symbol s) -> s.namespace, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(s -> s.name);

  private final @Nullable String namespace;
  private final String name;
  private final int hash;

  private Symbol(@Nullable String namespace, String name) {
    this.namespace = namespace;
    this.name = Objects.requireNonNull(name);
    this.hash = Objects.hash(namespace, name) + 2;
  }

  /// A symbol from its parts; `namespace` may be null.
  public static Symbol of(@Nullable String namespace, String name) {
    return new Symbol(namespace, name);
  }

  /// A symbol from its text.
  public static Symbol of(String text) {

    int slash = text.indexOf('/');
    return slash <= 0 || text.length() == 1
        ? new Symbol(null, text)
        : new Symbol(text.substring(0, slash), text.substring(slash + 1));
  }

  public Optional<String> namespace() {
    return Optional.ofNullable(namespace);
  }

  public String name() {
    return name;
  }

  @Override
  public int compareTo(Symbol other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Symbol k
            && hash == k.hash
            && name.equals(k.name)
            && Objects.equals(namespace, k.namespace));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /// The symbol as EDN.
  @Override
  public String toString() {
    return namespace == null ? name : namespace + "/" + name;
  }
}
