/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import page.bits.db.Datom;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Ids;

/// Expands functions into assertions and retractions. Each sees only the value before the
/// transaction, never another form.
final class Expansion {
  /// Beyond what a transaction may hold by far, and within what memory holds.
  private static final int PRIMITIVES_MAX = 2_000_000;

  private final Before before;
  private final List<Op.Primitive> primitives;

  private Expansion(Before before, int size) {
    this.before = before;
    this.primitives = new ArrayList<>(size);
  }

  static List<Op.Primitive> of(Before before, List<Op> ops) {
    var expansion = new Expansion(before, ops.size());
    for (Op op : ops) {
      before.step();
      switch (op) {
        case Op.Primitive primitive -> expansion.primitives.add(primitive);
        case Op.CompareAndSet cas -> expansion.compareAndSet(cas);
        case Op.RetractEntity retract ->
            expansion.retractEntity(retract.e(), retract.form(), new HashSet<>());
        case Op.EndSession end -> expansion.endSession(end.session(), end.form());
      }
    }
    return expansion.primitives;
  }

  private void compareAndSet(Op.CompareAndSet cas) {
    Object found = before.value(cas.e(), cas.a());
    if (!Objects.equals(found, cas.expected())) {
      throw Refusals.casFailed(cas.form(), cas.e(), cas.a(), cas.expected(), found);
    }
    primitives.add(
        new Op.Add(new EntityRef.Known(cas.e()), cas.a(), cas.replacement(), cas.form()));
  }

  private void retractEntity(long root, int form, Set<Long> seen) {
    var waiting = new ArrayList<Long>(); // a chain of components may be longer than the stack
    waiting.add(root);
    while (!waiting.isEmpty()) {
      long e = waiting.removeLast();
      if (!seen.add(e)) {
        continue;
      }
      for (Datom datom : before.all(Ranges.e(e))) {
        if (retract(datom, form).isComponent()) {
          waiting.add((Long) datom.v());
        }
      }
      for (Datom datom : before.all(Ranges.v(e))) {
        retract(datom, form);
      }
    }
  }

  private void endSession(long session, int form) {
    List<Datom> open = before.all(Ranges.ea(session, Ids.SESSION_OPEN));
    if (open.isEmpty()) {
      throw SessionErrors.ended(form, session);
    }
    retract(open.getFirst(), form);
    for (Datom named : before.all(Ranges.v(session))) {
      if (named.a() == Ids.SESSION) {
        for (Datom datom : before.ephemeral(named.e())) {
          retract(datom, form);
        }
      }
    }
  }

  private Attribute retract(Datom datom, int form) {
    if (primitives.size() >= PRIMITIVES_MAX) {
      throw Refusals.tooManyChanges(form, PRIMITIVES_MAX);
    }
    Attribute a = before.schema().attribute(datom.a()).orElseThrow();
    Object v = a.isRef() ? new EntityRef.Known((Long) datom.v()) : datom.v();
    primitives.add(new Op.Retract(new EntityRef.Known(datom.e()), a, v, form));
    return a;
  }
}
