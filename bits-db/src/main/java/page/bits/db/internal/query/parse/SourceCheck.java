/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.parse;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import page.bits.db.internal.query.algebra.Call;
import page.bits.db.internal.query.algebra.Clause;
import page.bits.db.internal.query.algebra.Find;
import page.bits.db.internal.query.algebra.Input;
import page.bits.db.internal.query.algebra.Query;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.algebra.Term;

/// Proves that every source and every pull pattern that a query names is one of its inputs.
public final class SourceCheck {
  private SourceCheck() {}

  public static void check(Query query) {
    Set<String> sources = new HashSet<>();
    Set<String> patterns = new HashSet<>();
    for (Input input : query.inputs()) {
      switch (input) {
        case Input.SourceName source -> sources.add(source.name());
        case Input.PatternName pattern -> patterns.add(pattern.name());
        case Input.Values _ -> {}
      }
    }
    clauses(query.where(), sources);
    for (Find.Element element : query.find().elements()) {
      if (element instanceof Find.Element.Pull pull) {
        require(sources, pull.source(), query.find());
        if (pull.pattern() instanceof Find.PatternRef.Named named
            && !patterns.contains(named.name())) {
          throw QueryErrors.invalid("an input for the pull pattern", named.name());
        }
      }
    }
  }

  private static void clauses(List<Clause> clauses, Set<String> sources) {
    for (Clause clause : clauses) {
      switch (clause) {
        case Clause.Pattern pattern -> require(sources, pattern.source(), pattern.form());
        case Clause.Predicate predicate -> call(predicate.call(), sources, predicate.form());
        case Clause.Expression expression -> call(expression.call(), sources, expression.form());
        case Clause.Not not -> clauses(not.body(), sources);
      }
    }
  }

  private static void call(Call call, Set<String> sources, Object form) {
    for (Term argument : call.arguments()) {
      if (argument instanceof Term.Source source) {
        require(sources, source.name(), form);
      }
    }
  }

  private static void require(Set<String> sources, String source, Object form) {
    if (!sources.contains(source)) {
      throw QueryErrors.unknownSource(source, form);
    }
  }
}
