/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.ArrayList;
import java.util.List;
import page.bits.db.Datom;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Ids;
import page.bits.db.internal.schema.Tuple;

/// The facts that a transaction changes: the set of its assertions and retractions, without
/// duplicates and without what already is so, and with the retractions that replacement implies.
///
/// The result is sorted by entity and attribute, retractions before assertions, then by value,
/// whatever the order of the forms. Confined to one evaluation.
final class Changes {
  private final Before before;
  private final List<Claim> claims = new ArrayList<>();
  private final List<Claim> ensured = new ArrayList<>();
  private final List<Claim> changes = new ArrayList<>();

  private Changes(Before before) {
    this.before = before;
  }

  static Changes of(Before before, List<Op.Primitive> ops) {
    var set = new Changes(before);
    for (Op.Primitive op : ops) {
      before.step();
      set.collect(op);
    }
    set.judge();
    return set;
  }

  /// The facts that change, in the order in which they become datoms; may be changed by its caller.
  List<Claim> changes() {
    return changes;
  }

  /// What forms and composites assert, also where it is so already.
  List<Claim> asserted() {
    var asserted = new ArrayList<Claim>();
    for (Claim claim : claims) {
      if (claim.added()) {
        asserted.add(claim);
      }
    }
    for (Claim change : changes) {
      if (change.added() && change.a().isComposite()) {
        asserted.add(change);
      }
    }
    return asserted;
  }

  /// Which entities (`e`) are to satisfy which specs (`v`).
  List<Claim> ensured() {
    return ensured;
  }

  private void judge() {
    List<Claim> ofComposites = Composites.take(claims);
    claims.sort(Claim.ORDER);
    int start = 0;
    for (int i = 1; i <= claims.size(); i++) {
      if (i == claims.size() || !claims.get(i).isAboutSameAs(claims.get(start))) {
        judge(start, i);
        start = i;
      }
    }
    List<Claim> composites = Composites.changes(before, claims, changes, ofComposites);
    if (!composites.isEmpty()) {
      changes.addAll(composites);
      changes.sort(Claim.DATOM_ORDER);
    }
  }

  private void collect(Op.Primitive op) {
    long e = op.e().id();
    Attribute a = op.a();
    if (a.id() == Ids.ENSURE) { // asks for a check and is never a datom
      if (op instanceof Op.Add add) {
        ensured.add(claim(add, add.v(), true));
      }
      return;
    }
    switch (op) {
      case Op.Add add -> claims.add(claim(op, add.v(), true));
      case Op.Retract retract -> claims.add(claim(op, retract.v(), false));
      case Op.RetractAttribute _ -> {
        if (!before.isNew(e)) {
          for (Datom datom : before.all(Ranges.ea(e, a.id()))) {
            claims.add(new Claim(e, a, datom.v(), false, op.form()));
          }
        }
      }
    }
  }

  private static Claim claim(Op.Primitive op, Object v, boolean added) {
    return new Claim(op.e().id(), op.a(), TupleValues.resolved(v), added, op.form());
  }

  /// Judges the claims from `start` (inclusive) to `end` (exclusive): those of one entity and
  /// attribute.
  private void judge(int start, int end) {
    Claim first = claims.get(start);
    before.step();
    refuseOnOthers(first);
    if (end - start > 1) {
      refuseContradictions(start, end);
    }
    int retractions = changes.size();
    for (int i = start; i < end; i++) {
      if (!claims.get(i).added() && isFirstOfItsValue(i, start)) {
        retract(claims.get(i));
      }
    }
    boolean isRetracted = changes.size() > retractions;
    for (int i = start; i < end; i++) {
      if (claims.get(i).added() && isFirstOfItsValue(i, start)) {
        add(claims.get(i), isRetracted);
      }
    }
  }

  /// What tells of a transaction is written by that transaction, and stays as it is.
  private void refuseOnOthers(Claim claim) {
    long a = claim.a().id();
    if (a == Ids.TX_INSTANT && claim.e() != before.tx()) {
      throw Refusals.resetInstant(claim.form(), claim.e());
    }
    if (claim.added() && claim.a().tuple() instanceof Tuple.Composite) { // one that was ended
      throw Refusals.notWhatItIsMadeOf(claim, null);
    }
    boolean isOurs = a == Ids.BITS_TX_ID || a == Ids.BITS_TX_FORM_DIGEST;
    if (isOurs && claim.e() != before.tx()) {
      throw Refusals.notWritable(claim.form(), claim.a(), claim.e());
    }
    SessionRules.refuseRewriting(before, claim);
  }

  private boolean isFirstOfItsValue(int i, int start) {
    return i == start || !claims.get(i).v().equals(claims.get(i - 1).v());
  }

  private void retract(Claim claim) {
    if (before.holds(claim.e(), claim.a(), claim.v())) {
      changes.add(claim);
    }
  }

  /// `isRetracted`: whether a value of the same entity and attribute goes; of an attribute of
  /// cardinality one that is the only one.
  private void add(Claim claim, boolean isRetracted) {
    if (claim.a().isMany()) {
      if (!before.holds(claim.e(), claim.a(), claim.v())) {
        changes.add(claim);
      }
      return;
    }
    Object current = before.value(claim.e(), claim.a());
    if (claim.v().equals(current)) {
      return;
    }
    if (current != null && !isRetracted) {
      changes.add(new Claim(claim.e(), claim.a(), current, false, claim.form()));
    }
    changes.add(claim);
  }

  private void refuseContradictions(int start, int end) {
    Claim asserted = null;
    for (int i = start; i < end; i++) {
      Claim claim = claims.get(i);
      Claim last = i == start ? claim : claims.get(i - 1);
      if (claim.added() != last.added() && claim.v().equals(last.v())) {
        throw Refusals.conflict(last, claim);
      }
      if (claim.added() && !claim.a().isMany()) {
        if (asserted != null && !asserted.v().equals(claim.v())) {
          throw Refusals.conflict(asserted, claim);
        }
        asserted = claim;
      }
    }
  }
}
