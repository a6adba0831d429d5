/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A keyword: a name with an optional namespace, printed with a colon. Immutable; equal by text.
///
/// Ordered by namespace (none first), then by name.
public final class Keyword implements Comparable<Keyword> {
  private static final Comparator<Keyword> ORDER =
      Comparator.comparing(
              (Keyword k) -> k.namespace, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(k -> k.name);

  private final @Nullable String namespace;
  private final String name;
  private final int hash;

  private Keyword(@Nullable String namespace, String name) {
    this.namespace = namespace;
    this.name = Objects.requireNonNull(name);
    this.hash = 31 * Objects.hashCode(namespace) + name.hashCode();
  }

  /// A keyword from its parts; `namespace` may be null.
  public static Keyword of(@Nullable String namespace, String name) {
    return new Keyword(namespace, name);
  }

  /// A keyword from its text, with or without the leading colon: `user/name` or `:user/name`.
  public static Keyword of(String text) {
    String bare = text.startsWith(":") ? text.substring(1) : text;
    int slash = bare.indexOf('/');
    return slash <= 0 || bare.length() == 1
        ? new Keyword(null, bare)
        : new Keyword(bare.substring(0, slash), bare.substring(slash + 1));
  }

  public Optional<String> namespace() {
    return Optional.ofNullable(namespace);
  }

  public String name() {
    return name;
  }

  @Override
  public int compareTo(Keyword other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Keyword k
            && hash == k.hash
            && name.equals(k.name)
            && Objects.equals(namespace, k.namespace));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /// The keyword as EDN, with its colon.
  @Override
  public String toString() {
    return namespace == null ? ":" + name : ":" + namespace + "/" + name;
  }
}
