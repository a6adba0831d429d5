/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.parse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.query.algebra.Binding;
import page.bits.db.internal.query.algebra.QueryErrors;

/// Reads binding forms: `?x`, `_`, `[?a ?b]`, `[?a ...]`, `[[?a ?b]]`.
public final class BindingParser {
  private static final String EXPECTED = "a binding: ?x, [?a ?b], [?a ...] or [[?a ?b]]";

  private BindingParser() {}

  public static Binding parse(@Nullable Object form, Scope scope) {
    if (Forms.isSymbol(form, "_")) {
      return new Binding.Ignore();
    }
    if (Forms.isVariable(form)) {
      return new Binding.Scalar(scope.variable(form, "in a binding"));
    }
    List<?> list = Forms.list(form, EXPECTED);
    if (list.isEmpty()) {
      throw QueryErrors.invalid(EXPECTED, form);
    }
    if (list.size() == 2 && Forms.isSymbol(list.get(1), "...")) {
      return new Binding.Each(parse(list.getFirst(), scope));
    }
    if (list.size() == 1 && list.getFirst() instanceof List<?> row) {
      return new Binding.Each(tuple(row, scope));
    }
    return tuple(list, scope);
  }

  private static Binding tuple(List<?> forms, Scope scope) {
    if (forms.isEmpty()) {
      throw QueryErrors.invalid(EXPECTED, forms);
    }
    var elements = new ArrayList<Binding>();
    for (Object form : forms) {
      elements.add(parse(form, scope));
    }
    return new Binding.Tuple(elements);
  }
}
