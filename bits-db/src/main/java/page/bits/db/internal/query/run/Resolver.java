/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import page.bits.db.internal.query.algebra.Call;
import page.bits.db.internal.query.algebra.Clause;
import page.bits.db.internal.query.algebra.DataSource;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.algebra.Rule;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.query.parse.BindingCheck;
import page.bits.db.internal.query.relation.Matcher;

/// Brings clauses together with their sources and rules. A name that the schema does not know is an
/// error here, whatever the data. Confined to one run.
final class Resolver {
  private final RunSources sources;
  private final VariableUses uses;
  private final RuleCompiler rules;

  Resolver(RunSources sources, VariableUses uses, RuleCompiler rules) {
    this.sources = sources;
    this.uses = uses;
    this.rules = rules;
  }

  /// The steps of clauses inside which `bound` are the variables bound by clauses and inputs.
  List<Step> steps(List<Clause> clauses, Set<Term.Variable> bound) {
    var steps = new ArrayList<Step>();
    var idents = new IdentLinks(uses);
    for (Clause clause : clauses) {
      steps.add(step(clause, bound, idents));
    }
    for (Clause.Expression link : idents.links()) {
      steps.add(expression(link));
    }
    return steps;
  }

  private Step step(Clause clause, Set<Term.Variable> bound, IdentLinks idents) {
    return switch (clause) {
      case Clause.Pattern pattern -> pattern(pattern, idents);
      case Clause.Predicate predicate ->
          new Step.Filter(predicate, caller(predicate.call(), predicate.form()));
      case Clause.Expression expression -> expression(expression);
      case Clause.Not not -> {
        Set<Term.Variable> shared = BindingCheck.shared(not, bound);
        yield new Step.Exclude(
            not, shared, steps(not.body(), rules.modes().bound(not.body(), shared)));
      }
      case Clause.Or or -> {
        List<Term> joins = List.copyOf(or.joins());
        yield new Step.Invoke(or, rules.or(or, this), joins, new Matcher(joins));
      }
      case Clause.RuleCall call -> ruleCall(call, idents);
    };
  }

  private Step expression(Clause.Expression expression) {
    Unpacker.Problem problem =
        (expected, found) ->
            QueryErrors.functionFailed(
                expression.call().function().name(),
                "the result is not " + expected,
                expression.form(),
                null);
    return new Step.Compute(
        expression,
        caller(expression.call(), expression.form()),
        new Unpacker(expression.binding(), uses, /* isNilDropped= */ true, problem));
  }

  private Caller caller(Call call, Object form) {
    return new Caller(call, form, sources);
  }

  private Step pattern(Clause.Pattern pattern, IdentLinks idents) {
    return switch (sources.named(pattern.source(), pattern.form())) {
      case DataSource.Database database -> Patterns.datoms(pattern, database.datoms(), idents);
      case DataSource.Missing _ ->
          throw QueryErrors.unknownSource(pattern.source(), pattern.form());
      case DataSource.Collection collection ->
          new Step.ReadRows(pattern, collection.rows(), new Matcher(pattern.terms()));
    };
  }

  private Step ruleCall(Clause.RuleCall call, IdentLinks idents) {
    DataSource source = sources.ofCall(call);
    Rule rule =
        sources
            .rules()
            .named(call.name())
            .orElseThrow(() -> QueryErrors.unknownRule(call.name(), List.of(), call.form()));
    List<Term> arguments = new ArrayList<>(call.arguments());
    for (int i = 0; i < arguments.size(); i++) {
      var use = rules.uses().of(rule, i, source);
      if (arguments.get(i) instanceof Term.Constant constant && constant.value() != null) {
        Object converted = VariableUses.convert(use, constant.value(), call.form());
        arguments.set(i, new Term.Constant(converted == null ? Nobody.NOBODY : converted));
      } else if (arguments.get(i) instanceof Term.Variable variable
          && use.orElse(null) instanceof VariableUses.Use.Entity) {
        arguments.set(i, idents.entity(variable, call.source(), call.form()));
      }
    }
    return new Step.Invoke(call, rules.rule(rule, source), arguments, new Matcher(arguments));
  }

  /// What a lookup ref that nobody holds stands for: no value at all.
  private enum Nobody {
    NOBODY
  }
}
