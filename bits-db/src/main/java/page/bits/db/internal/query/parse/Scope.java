/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.parse;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.query.algebra.Term;

/// What a variable's name means at a place: the same name inside a `not-join` that does not list it
/// is another variable. Confined to one parse.
final class Scope {
  private final AtomicInteger ids;
  private final int id;
  private final @Nullable Scope outer;
  private final Set<Term.Variable> shared;

  private Scope(AtomicInteger ids, @Nullable Scope outer, Set<Term.Variable> shared) {
    this.ids = ids;
    this.id = ids.getAndIncrement();
    this.outer = outer;
    this.shared = shared;
  }

  /// The scope of a query, or of a branch of a rule.
  static Scope top() {
    return new Scope(new AtomicInteger(), null, Set.of());
  }

  /// The scope inside a clause that shares only these variables.
  Scope inner(Set<Term.Variable> shared) {
    return new Scope(ids, this, new HashSet<>(shared));
  }

  /// The variable that the form names.
  Term.Variable variable(@Nullable Object form, String where) {
    Term.Variable named = Forms.variable(form, where);
    if (outer != null) {
      Term.Variable outside = outer.variable(form, where);
      if (shared.contains(outside)) {
        return outside;
      }
    }
    return new Term.Variable(named.name(), id);
  }
}
