/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import page.bits.db.Datom;

/// Evaluates transactions. Stateless and thread-safe.
///
/// The steps, each a class: [FormReader] turns forms into ops and resolves what the value before
/// knows; [Expansion] turns functions into assertions and retractions; [Resolution] gives every
/// tempid its entity; [Changes] makes the set of facts that change; [UniqueValues] and
/// [SchemaChanges] judge the set as a whole; [TxInstants] gives it its time.
public final class Evaluator {
  private Evaluator() {}

  /// The transaction that these forms make on the value before; a [page.bits.error.BitsException]
  /// is its refusal.
  public static Evaluated evaluate(TxContext context, List<?> forms) {
    var before = new Before(context);
    var tempids = new Tempids(before);
    List<Op> ops = new FormReader(before, tempids).read(forms);
    List<Op.Primitive> primitives = Expansion.of(before, ops);
    var resolution = new Resolution(before);
    resolution.resolve(primitives);
    List<Claim> changes = Changes.of(before, primitives);
    var instant = TxInstants.take(before, changes);
    UniqueValues.check(before, changes);
    SchemaChanges.check(before, changes);
    List<Datom> datoms = new ArrayList<>(changes.size() + 1);
    datoms.add(TxInstants.datom(before, instant));
    for (Claim change : changes) {
      datoms.add(change.datom(before.tx()));
    }
    Map<String, Long> named = tempids.resolved();
    return new Evaluated(
        context.nextEntity(),
        resolution.nextEntity(),
        resolution.nextElement(),
        instant,
        datoms,
        named);
  }
}
