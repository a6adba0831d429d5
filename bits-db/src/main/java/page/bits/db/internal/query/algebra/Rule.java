/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.algebra;

import java.util.List;

/// A rule: a name for conditions, with one branch for each head it was written with. Immutable.
///
/// The first `required` arguments of a call have to be bound by something else.
public record Rule(String name, int arity, int required, List<Branch> branches) {
  public Rule {
    branches = List.copyOf(branches);
  }

  /// `[(name ?a ?b) clause …]`: one way for the rule to hold. All variables are in the scope of
  /// this branch.
  public record Branch(Object form, List<Term.Variable> head, List<Clause> body) {
    public Branch {
      head = List.copyOf(head);
      body = List.copyOf(body);
    }
  }
}
