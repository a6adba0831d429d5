/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.algebra;

import java.util.List;
import java.util.Set;

/// A call of a function with the terms it is given.
public record Call(Function function, List<Term> arguments) {
  public Call {
    arguments = List.copyOf(arguments);
  }

  /// The variables that have to be bound before the call.
  public Set<Term.Variable> variables() {
    return Term.variables(arguments);
  }
}
