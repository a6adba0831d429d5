/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.List;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.query.algebra.Call;
import page.bits.db.internal.query.algebra.Function;
import page.bits.db.internal.query.algebra.Nil;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.algebra.Term;

/// Calls a function with the values of a row. Immutable.
final class Caller {
  private final Call call;
  private final Object form;
  private final RunSources sources;

  Caller(Call call, Object form, RunSources sources) {
    this.call = call;
    this.form = form;
    this.sources = sources;
  }

  Call call() {
    return call;
  }

  /// The call bound to the columns of a relation.
  Bound on(List<Term.Variable> variables) {
    List<Term> terms = call.arguments();
    int[] columns = new int[terms.size()];
    @Nullable Object[] fixed = new Object[terms.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = -1;
      switch (terms.get(i)) {
        case Term.Variable variable -> columns[i] = variables.indexOf(variable);
        case Term.Constant constant -> fixed[i] = constant.value();
        case Term.Source source -> fixed[i] = sources.named(source.name(), form);
        case Term.RuleSet _ -> fixed[i] = sources.rules();
        case Term.Blank _ -> throw QueryErrors.invalid("an argument", form);
      }
    }
    return new Bound(columns, fixed);
  }

  /// A call that knows where its arguments stand. Confined to one thread.
  final class Bound {
    private final int[] columns;
    private final @Nullable Object[] fixed;

    private Bound(int[] columns, @Nullable Object[] fixed) {
      this.columns = columns;
      this.fixed = fixed;
    }

    @Nullable Object apply(Object[] row) {
      @Nullable Object[] arguments = fixed.clone();
      for (int i = 0; i < columns.length; i++) {
        if (columns[i] >= 0) {
          arguments[i] = Nil.outside(row[columns[i]]);
        }
      }
      try {
        return Given.normal(
            call.function().name().equals(Function.QUERY)
                ? sources.nested().run(arguments)
                : call.function().body().apply(arguments));
      } catch (IllegalArgumentException | ArithmeticException problem) {
        throw QueryErrors.functionFailed(
            call.function().name(), String.valueOf(problem.getMessage()), form, problem);
      }
    }
  }
}
