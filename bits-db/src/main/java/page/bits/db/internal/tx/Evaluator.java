/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.ArrayList;
import java.util.List;
import page.bits.db.Datom;
import page.bits.db.internal.index.Counters;

/// Evaluates transactions. Stateless and thread-safe.
///
/// The steps, each a class: [FormReader] turns forms into ops and resolves what the value before
/// knows; [Expansion] turns functions into assertions and retractions; [Resolution] gives every
/// tempid its entity, a new one in the partition of [Affinities]; [Changes] makes the set of facts
/// that change; [UniqueValues], [SchemaChanges] and [SessionRules] judge the set as a whole;
/// [TxInstants] gives it its time. [AttributePredicates] and [Specs] ask user code, the latter
/// about the value after the transaction.
public final class Evaluator {
  private Evaluator() {}

  /// The transaction that these forms make on the value before; a [page.bits.error.BitsException]
  /// is its refusal.
  public static Evaluated evaluate(TxContext context, List<?> forms) {
    var before = new Before(context);
    var tempids = new Tempids(before);
    var names = new Names(before, tempids);
    List<Op> ops = new FormReader(before, names).read(forms);
    List<Op.Primitive> primitives = Expansion.of(before, ops);
    var resolution = new Resolution(before, names.affinities());
    resolution.resolve(primitives);
    context.budget().look();
    var set = Changes.of(before, primitives);
    AttributePredicates.check(before, set.asserted());
    List<Claim> changes = set.changes();
    var instant = TxInstants.take(before, changes);
    UniqueValues.check(before, changes);
    SchemaChanges.check(before, changes);
    SessionRules.check(before, changes);
    List<Datom> datoms = new ArrayList<>(changes.size() + 1);
    datoms.add(TxInstants.datom(before, instant));
    for (Claim change : changes) {
      datoms.add(change.datom(before.tx()));
    }
    var after =
        new Counters(
            context.nextEntity(), resolution.nextEntity(), resolution.nextElement(), instant);
    Specs.check(before, changes, set.ensured(), () -> before.after(datoms, after));
    context.budget().look();
    return new Evaluated(
        after.t(),
        after.nextEntity(),
        after.nextElement(),
        after.txInstant(),
        datoms,
        tempids.resolved());
  }
}
