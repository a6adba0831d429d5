/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import page.bits.db.internal.query.algebra.Call;
import page.bits.db.internal.query.algebra.Clause;
import page.bits.db.internal.query.algebra.Find;
import page.bits.db.internal.query.algebra.Input;
import page.bits.db.internal.query.algebra.Query;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.algebra.Rule;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.schema.NearNames;

/// Proves that every source, every pull pattern and `%`, where a query names them, are inputs.
final class SourceCheck {
  private final Set<String> sources;
  private final boolean hasRules;

  private SourceCheck(Set<String> sources, boolean hasRules) {
    this.sources = sources;
    this.hasRules = hasRules;
  }

  static void check(Query query) {
    Set<String> sources = new HashSet<>();
    Set<String> patterns = new HashSet<>();
    for (Input input : query.inputs()) {
      switch (input) {
        case Input.SourceName source -> sources.add(source.name());
        case Input.PatternName pattern -> patterns.add(pattern.name());
        case Input.Values _, Input.RuleSet _ -> {}
      }
    }
    var check = new SourceCheck(sources, query.hasRules());
    check.clauses(query.where());
    for (Find.Element element : query.find().elements()) {
      if (element instanceof Find.Element.Pull pull) {
        check.require(pull.source(), query.find());
        if (pull.pattern() instanceof Find.PatternRef.Named named
            && !patterns.contains(named.name())) {
          throw QueryErrors.invalid("an input for the pull pattern", named.name());
        }
      }
      if (element instanceof Find.Element.Aggregated aggregate) {
        for (Term argument : aggregate.arguments()) {
          if (argument instanceof Term.Source source) {
            check.require(source.name(), aggregate.function().name());
          }
        }
      }
    }
  }

  /// The body of a rule reads the source that the rule is called on, which it names `$`, and no
  /// other.
  static void checkRule(String name, Rule.Branch branch) {
    var named = new ArrayList<String>();
    branch.body().forEach(clause -> collect(clause, named));
    named.removeIf(Term.Source.DEFAULT::equals);
    if (!named.isEmpty()) {
      throw QueryErrors.invalidRule(
          name, "no other source than $, which is the one of the call", branch.form());
    }
  }

  private static void collect(Clause clause, List<String> named) {
    switch (clause) {
      case Clause.Pattern pattern -> named.add(pattern.source());
      case Clause.RuleCall call -> named.add(call.source());
      case Clause.Predicate predicate -> collect(predicate.call(), named);
      case Clause.Expression expression -> collect(expression.call(), named);
      case Clause.Not not -> not.body().forEach(inner -> collect(inner, named));
      case Clause.Or or ->
          or.branches().forEach(branch -> branch.forEach(inner -> collect(inner, named)));
    }
  }

  private static void collect(Call call, List<String> named) {
    for (Term argument : call.arguments()) {
      if (argument instanceof Term.Source source) {
        named.add(source.name());
      }
    }
  }

  private void clauses(List<Clause> clauses) {
    for (Clause clause : clauses) {
      switch (clause) {
        case Clause.Pattern pattern -> require(pattern.source(), pattern.form());
        case Clause.Predicate predicate -> call(predicate.call(), predicate.form());
        case Clause.Expression expression -> call(expression.call(), expression.form());
        case Clause.Not not -> clauses(not.body());
        case Clause.Or or -> or.branches().forEach(this::clauses);
        case Clause.RuleCall rule -> {
          if (!hasRules) {
            throw QueryErrors.noRules(
                rule.name(), NearNames.of(rule.name(), Forms.CLAUSE_NAMES), rule.form());
          }
          if (!rule.source().equals(Term.Source.DEFAULT)) {
            require(rule.source(), rule.form()); // a rule may get by without a source
          }
        }
      }
    }
  }

  private void call(Call call, Object form) {
    for (Term argument : call.arguments()) {
      if (argument instanceof Term.Source source) {
        require(source.name(), form);
      }
      if (argument instanceof Term.RuleSet && !hasRules) {
        throw QueryErrors.invalid("% in :in", form);
      }
    }
  }

  private void require(String source, Object form) {
    if (!sources.contains(source)) {
      throw QueryErrors.unknownSource(source, form);
    }
  }
}
