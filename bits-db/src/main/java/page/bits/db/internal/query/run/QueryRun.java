/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import page.bits.db.internal.query.algebra.Query;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.query.relation.Relation;
import page.bits.db.internal.query.relation.Ticker;

/// One run of a query: from inputs to the rows over the variables that the result is made of.
public final class QueryRun {
  private QueryRun() {}

  public static Relation rows(
      Query query, Inputs inputs, List<Term.Variable> wanted, Ticker ticker, Trace trace) {
    Set<Term.Variable> given = new LinkedHashSet<>();
    inputs.relations().forEach(relation -> given.addAll(relation.variables()));
    var compiler = new RuleCompiler(inputs.sources(), inputs.rules());
    var resolver = new Resolver(inputs.sources(), inputs.uses(), compiler);
    List<Step> steps = resolver.steps(query.where(), compiler.modes().bound(query.where(), given));
    RuleGraph.connect(compiler.all());
    var rules = new RuleEngine(ticker, compiler.modes());
    return new Execution(steps, inputs.relations(), wanted, rules, RuleEngine.NO_COMPONENT)
        .run(trace);
  }
}
