/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.EntityRefs;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.query.algebra.Binding;
import page.bits.db.internal.query.algebra.Call;
import page.bits.db.internal.query.algebra.Clause;
import page.bits.db.internal.query.algebra.DataSource;
import page.bits.db.internal.query.algebra.Function;
import page.bits.db.internal.query.algebra.Term;

/// Leads from variables that hold keywords to the entities that these name, where a clause wants
/// the entity: `[?a :db/ident ?i] [?e ?i ?v]`. The clause gets a variable of its own, and an
/// expression joins the two. Confined to the making of one conjunction.
final class IdentLinks {
  private static final Function ENTID =
      new Function("entid", 2, 2, Function.Sources.FIRST, IdentLinks::entid);

  private final VariableUses uses;
  private final Map<Term.Variable, Clause.Expression> links = new LinkedHashMap<>();

  IdentLinks(VariableUses uses) {
    this.uses = uses;
  }

  /// The term that stands for the entity.
  Term entity(Term.Variable variable, String source, Object form) {
    if (!uses.isIdent(variable)) {
      return variable;
    }
    var linked = new Term.Variable(variable.name() + " in " + source, variable.scope());
    links.computeIfAbsent(
        linked,
        _ ->
            new Clause.Expression(
                form,
                new Call(ENTID, List.of(new Term.Source(source), variable)),
                new Binding.Scalar(linked)));
    return linked;
  }

  Collection<Clause.Expression> links() {
    return links.values();
  }

  /// Null, so that the row is dropped, when no entity has the ident: data, not a mistake.
  private static @Nullable Object entid(@Nullable Object[] x) {
    var ident = Given.keyword(x[1]);
    if (!(x[0] instanceof DataSource.Database database) || ident == null) {
      return x[1];
    }
    var entity = EntityRefs.find(database.datoms(), ident, ENTID.name());
    return entity.isPresent() ? entity.getAsLong() : null;
  }
}
