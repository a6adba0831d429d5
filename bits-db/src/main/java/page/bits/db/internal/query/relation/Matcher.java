/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.relation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.query.algebra.Term;

/// Matches positions against the terms of a pattern: constants must be equal, a variable that
/// stands twice must find the same value twice. Immutable.
public final class Matcher {
  private static final int BLANK = -1;
  private static final int CONSTANT = -2;

  private final List<Term.Variable> variables;
  private final int[] columns;
  private final @Nullable Object[] constants;

  public Matcher(List<Term> terms) {
    var found = new ArrayList<Term.Variable>();
    columns = new int[terms.size()];
    constants = new Object[terms.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] =
          switch (terms.get(i)) {
            case Term.Blank _ -> BLANK;
            case Term.Source _, Term.RuleSet _ -> BLANK;
            case Term.Constant constant -> {
              constants[i] = constant.value();
              yield CONSTANT;
            }
            case Term.Variable variable -> {
              if (!found.contains(variable)) {
                found.add(variable);
              }
              yield found.indexOf(variable);
            }
          };
    }
    variables = List.copyOf(found);
  }

  public List<Term.Variable> variables() {
    return variables;
  }

  public int positions() {
    return columns.length;
  }

  /// The values of the variables; null when the positions do not match.
  @SuppressWarnings("NullAway") // the row is filled completely before it is handed out
  public Object @Nullable [] match(Object... positions) {
    Object[] row = new Object[variables.size()];
    for (int i = 0; i < columns.length; i++) {
      int column = columns[i];
      Object value = positions[i];
      if (column == CONSTANT) {
        if (!value.equals(constants[i])) {
          return null;
        }
      } else if (column >= 0) {
        if (row[column] != null && !row[column].equals(value)) {
          return null;
        }
        row[column] = value;
      }
    }
    return row;
  }
}
