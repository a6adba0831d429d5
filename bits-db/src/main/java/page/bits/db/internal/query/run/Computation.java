/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.query.relation.Relation;
import page.bits.db.internal.query.relation.Ticker;

/// Adds what an expression gives to each row; where it gives a variable that the row has already,
/// the two must agree.
final class Computation {
  private Computation() {}

  static Relation of(Step.Compute compute, Relation relation, Ticker ticker) {
    Caller.Bound call = compute.caller().on(relation.variables());
    List<Term.Variable> made = compute.unpacker().variables();
    List<Term.Variable> shared = made.stream().filter(relation.variables()::contains).toList();
    var variables = new LinkedHashSet<>(relation.variables());
    variables.addAll(made);
    var distinct = new Relation.Distinct(List.copyOf(variables));
    for (Object[] row : relation.rows()) {
      ticker.call();
      for (Object[] result : compute.unpacker().rows(call.apply(row))) {
        ticker.tick();
        if (agree(relation, row, made, result, shared)) {
          distinct.add(extend(row, made, result, shared, variables.size()));
        }
      }
      ticker.rows(distinct.size());
    }
    return distinct.build();
  }

  private static boolean agree(
      Relation relation,
      Object[] row,
      List<Term.Variable> made,
      Object[] result,
      List<Term.Variable> shared) {
    return shared.stream().allMatch(v -> row[relation.column(v)].equals(result[made.indexOf(v)]));
  }

  private static Object[] extend(
      Object[] row,
      List<Term.Variable> made,
      Object[] result,
      List<Term.Variable> shared,
      int width) {
    Object[] extended = Arrays.copyOf(row, width);
    int at = row.length;
    for (int i = 0; i < result.length; i++) {
      if (!shared.contains(made.get(i))) {
        extended[at++] = result[i];
      }
    }
    return extended;
  }
}
