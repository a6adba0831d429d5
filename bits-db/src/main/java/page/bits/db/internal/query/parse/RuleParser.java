/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.parse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.algebra.Rule;
import page.bits.db.internal.query.algebra.Rules;
import page.bits.db.internal.query.algebra.Term;
import page.bits.edn.Edn;

/// Reads rules: EDN text or a list of `[(name [?required …] ?a …) clause …]`. Heads of one name are
/// branches of one rule.
public final class RuleParser {
  private RuleParser() {}

  public static Rules parse(@Nullable Object given) {
    Object form = given instanceof String text ? Edn.read(text) : given;
    if (!(form instanceof Collection<?> definitions)) {
      throw QueryErrors.invalidRule("%", "a list of rules [(name ?a …) clause …]", form);
    }
    Map<String, Rule> rules = new LinkedHashMap<>();
    for (Object definition : definitions) {
      Rule branch = branch(definition);
      rules.merge(branch.name(), branch, RuleParser::merge);
    }
    return new Rules(rules);
  }

  private static Rule merge(Rule known, Rule more) {
    if (known.arity() != more.arity() || known.required() != more.required()) {
      throw QueryErrors.invalidRule(
          known.name(),
          "as many variables in every head: " + known.arity() + ", required " + known.required(),
          more.branches().getFirst().form());
    }
    var branches = new ArrayList<>(known.branches());
    branches.addAll(more.branches());
    return new Rule(known.name(), known.arity(), known.required(), branches);
  }

  private static Rule branch(@Nullable Object form) {
    if (!(form instanceof List<?> list)
        || list.isEmpty()
        || !(list.getFirst() instanceof List<?> head)
        || head.isEmpty()
        || !Forms.isPlain(head.getFirst())) {
      throw QueryErrors.invalidRule("%", "[(name ?a …) clause …]", form);
    }
    String name = String.valueOf(head.getFirst());
    if (Forms.CLAUSE_NAMES.contains(name)) {
      throw QueryErrors.invalidRule(name, "a name that is no clause of its own", form);
    }
    if (list.size() < 2) {
      throw QueryErrors.invalidRule(name, "at least one clause after the head", form);
    }
    Scope scope = Scope.top();
    boolean hasRequired = head.size() > 1 && head.get(1) instanceof List<?>;
    List<Term.Variable> variables =
        new ArrayList<>(hasRequired ? variables(name, (List<?>) head.get(1), scope) : List.of());
    int required = variables.size();
    variables.addAll(variables(name, head.subList(hasRequired ? 2 : 1, head.size()), scope));
    if (variables.isEmpty() || new HashSet<>(variables).size() != variables.size()) {
      throw QueryErrors.invalidRule(name, "different variables in the head", form);
    }
    Rule.Branch branch =
        new Rule.Branch(
            form,
            variables,
            ClauseParser.parseAll(
                list.subList(1, list.size()), new Place(Term.Source.DEFAULT, scope)));
    SourceCheck.checkRule(name, branch);
    return new Rule(name, variables.size(), required, List.of(branch));
  }

  private static List<Term.Variable> variables(String rule, List<?> forms, Scope scope) {
    var variables = new ArrayList<Term.Variable>();
    for (Object form : forms) {
      if (!Forms.isVariable(form)) {
        throw QueryErrors.invalidRule(rule, "only variables in the head", form);
      }
      variables.add(scope.variable(form, "in the head of a rule"));
    }
    return variables;
  }
}
