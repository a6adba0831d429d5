/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.query.algebra.Aggregate;
import page.bits.db.internal.query.algebra.Find;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.query.function.Aggregates;
import page.bits.edn.Symbol;

/// Reads `:find`.
public final class FindParser {
  private FindParser() {}

  public static Find parse(List<?> forms, Optional<Find.Keys> keys) {
    Find find = shape(forms, keys);
    checkPulls(find, forms);
    checkKeys(find);
    return find;
  }

  private static Find shape(List<?> forms, Optional<Find.Keys> keys) {
    if (forms.isEmpty()) {
      throw QueryErrors.invalid("something to find", forms);
    }
    if (forms.size() == 2 && Forms.isSymbol(forms.get(1), ".")) {
      return new Find(Find.Shape.SCALAR, List.of(element(forms.getFirst())), keys);
    }
    if (forms.size() == 1
        && forms.getFirst() instanceof List<?> inner
        && !inner.isEmpty()
        && !Forms.isPlain(inner.getFirst())) {
      return inner.size() == 2 && Forms.isSymbol(inner.get(1), "...")
          ? new Find(Find.Shape.COLLECTION, List.of(element(inner.getFirst())), keys)
          : new Find(Find.Shape.TUPLE, elements(inner), keys);
    }
    return new Find(Find.Shape.RELATION, elements(forms), keys);
  }

  private static List<Find.Element> elements(List<?> forms) {
    var elements = new ArrayList<Find.Element>();
    for (Object form : forms) {
      elements.add(element(form));
    }
    return elements;
  }

  private static Find.Element element(@Nullable Object form) {
    if (Forms.isVariable(form)) {
      return new Find.Element.Value(Forms.variable(form, "in :find"));
    }
    List<?> list = Forms.list(form, "a variable, (pull …) or an aggregate in :find");
    if (list.isEmpty() || !(list.getFirst() instanceof Symbol name)) {
      throw QueryErrors.invalid("a variable, (pull …) or an aggregate in :find", form);
    }
    return name.toString().equals("pull") ? pull(list) : aggregate(list, name);
  }

  private static Find.Element pull(List<?> form) {
    boolean hasSource = form.size() > 1 && Forms.isSource(form.get(1));
    int at = hasSource ? 2 : 1;
    if (form.size() != at + 2) {
      throw QueryErrors.invalid("(pull ?e pattern)", form);
    }
    Object pattern = form.get(at + 1);
    if (pattern == null) {
      throw QueryErrors.invalid("(pull ?e pattern)", form);
    }
    return new Find.Element.Pull(
        Forms.variable(form.get(at), "in pull"),
        hasSource ? String.valueOf(form.get(1)) : Term.Source.DEFAULT,
        Forms.isPlain(pattern)
            ? new Find.PatternRef.Named(pattern.toString())
            : new Find.PatternRef.Literal(pattern));
  }

  private static Find.Element aggregate(List<?> form, Symbol name) {
    Aggregate function = Aggregates.named(name, form);
    var arguments = new ArrayList<Term>();
    var variables = new ArrayList<Term.Variable>();
    for (Object argument : form.subList(1, form.size())) {
      if (Forms.isVariable(argument)) {
        variables.add(Forms.variable(argument, "in an aggregate"));
        arguments.add(variables.getLast());
      } else if (Forms.isSource(argument)) {
        arguments.add(new Term.Source(String.valueOf(argument)));
      } else if (argument instanceof Symbol) {
        throw QueryErrors.invalid("a variable, a constant or a source in an aggregate", form);
      } else {
        arguments.add(new Term.Constant(Given.normal(argument)));
      }
    }
    if (variables.size() != 1 || !function.accepts(arguments.size())) {
      throw QueryErrors.invalid(usage(function), form);
    }
    return new Find.Element.Aggregated(variables.getFirst(), function, arguments);
  }

  private static String usage(Aggregate function) {
    String one = "(" + function.name() + " ?x)";
    String some = "(" + function.name() + " n ?x)";
    if (function.maxArguments() == 1) {
      return one;
    }
    return function.minArguments() == 2 ? some : one + " or " + some;
  }

  private static void checkPulls(Find find, List<?> form) {
    var pulled = new HashSet<Term.Variable>();
    for (Find.Element element : find.elements()) {
      if (element instanceof Find.Element.Pull pull && !pulled.add(pull.variable())) {
        throw QueryErrors.invalid("each variable in at most one pull", form);
      }
    }
  }

  private static void checkKeys(Find find) {
    if (find.keys().isEmpty()) {
      return;
    }
    if (find.shape() == Find.Shape.SCALAR || find.shape() == Find.Shape.COLLECTION) {
      throw QueryErrors.invalid(":keys only with rows", find.keys().get().keys());
    }
    if (find.keys().get().keys().size() != find.elements().size()) {
      throw QueryErrors.invalid("as many :keys as find elements", find.keys().get().keys());
    }
  }
}
