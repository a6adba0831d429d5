/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.parse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.query.algebra.Call;
import page.bits.db.internal.query.algebra.Clause;
import page.bits.db.internal.query.algebra.Function;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.query.function.Functions;
import page.bits.edn.Symbol;

/// Reads calls of functions: `[(pred ?x)]` and `[(f ?x) binding]`.
final class CallParser {
  private CallParser() {}

  static boolean isCall(List<?> form) {
    return !form.isEmpty()
        && form.getFirst() instanceof Symbol
        && !Forms.isVariable(form.getFirst());
  }

  static Clause parse(List<?> form, List<?> callForm, Scope scope) {
    Function function = Functions.named((Symbol) callForm.getFirst(), form);
    var arguments = new ArrayList<Term>();
    for (Object argument : callForm.subList(1, callForm.size())) {
      arguments.add(argument(argument, scope));
    }
    if (!function.accepts(arguments.size())) {
      throw QueryErrors.wrongArity(function, arguments.size(), form);
    }
    checkSources(function, arguments, form);
    Call call = new Call(function, arguments);
    return switch (form.size()) {
      case 1 -> new Clause.Predicate(form, call);
      case 2 -> new Clause.Expression(form, call, BindingParser.parse(form.get(1), scope));
      default -> throw QueryErrors.invalid("[(f …)] or [(f …) binding]", form);
    };
  }

  private static Term argument(@Nullable Object form, Scope scope) {
    if (Forms.isVariable(form)) {
      return scope.variable(form, "as an argument");
    }
    if (Forms.isSource(form)) {
      return new Term.Source(String.valueOf(form));
    }
    if (Forms.isSymbol(form, "%")) {
      return Term.RuleSet.RULES;
    }
    if (form instanceof Symbol) {
      throw QueryErrors.invalid("a variable, source or constant as argument", form);
    }
    return new Term.Constant(Given.normal(unquoted(form)));
  }

  /// `(quote x)`, as Clojure writes a form that is not to be evaluated, is x.
  private static @Nullable Object unquoted(@Nullable Object form) {
    return form instanceof List<?> list
            && list.size() == 2
            && Forms.isSymbol(list.getFirst(), "quote")
        ? list.get(1)
        : form;
  }

  /// Sources and rules stand only where the function takes them.
  private static void checkSources(Function function, List<Term> arguments, Object form) {
    for (int i = 0; i < arguments.size(); i++) {
      boolean isSource = arguments.get(i) instanceof Term.Source;
      boolean isRules = arguments.get(i) instanceof Term.RuleSet;
      switch (function.sources()) {
        case NONE -> require(!isSource && !isRules, "a variable or constant as argument", form);
        case FIRST -> {
          require(isSource || i > 0, "a source as first argument", form);
          require(i == 0 || (!isSource && !isRules), "a source as first argument only", form);
        }
        case ANY -> require(!isRules || function.takesRules(), "no rules as argument", form);
      }
    }
  }

  private static void require(boolean holds, String expected, Object form) {
    if (!holds) {
      throw QueryErrors.invalid(expected, form);
    }
  }
}
