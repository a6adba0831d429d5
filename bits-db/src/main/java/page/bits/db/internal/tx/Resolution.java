/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import page.bits.db.Partition;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Attribute.Uniqueness;
import page.bits.db.internal.schema.Ids;

/// Gives every tempid its entity. Confined to one evaluation.
///
/// A tempid that asserts (or retracts) a value of a unique identity is the entity that holds it;
/// tempids that do so with the same value are one. Where such a value is itself a tempid, what it
/// stands for may become known only by another: so claims are looked at again until nothing
/// changes. What is left is new, and takes the next numbers in the order of the forms.
final class Resolution {
  private static final long ELEMENT_COUNT_MAX = 1L << 20;

  private final Before before;
  private final Affinities affinities;
  private long nextEntity;
  private long nextElement;

  Resolution(Before before, Affinities affinities) {
    this.before = before;
    this.affinities = affinities;
    this.nextEntity = before.context().nextEntity() + 1; // the transaction takes the first
    this.nextElement = before.context().nextElement();
  }

  long nextEntity() {
    return nextEntity;
  }

  long nextElement() {
    return nextElement;
  }

  void resolve(List<Op.Primitive> ops) {
    List<Said> claims = markAndCollect(ops);
    if (!claims.isEmpty()) {
      upsert(claims);
    }
    affinities.settle();
    for (Op.Primitive op : ops) {
      before.step();
      boolean isSaid = op instanceof Op.Add || op instanceof Op.Retract;
      if (isSaid && op.e() instanceof Tempid tempid && !tempid.isResolved()) {
        tempid.resolve(nextId(tempid, op.form()));
      }
    }
    for (Op.Primitive op : ops) {
      checkResolved(op);
    }
    affinities.check();
  }

  /// That a tempid has, or is to lose, a value of a unique identity.
  private record Said(Tempid tempid, Attribute a, Object v, int form) {}

  private static List<Said> markAndCollect(List<Op.Primitive> ops) {
    var claims = new ArrayList<Said>();
    for (Op.Primitive op : ops) {
      switch (op) {
        case Op.Add add -> {
          mark(add);
          collect(add, add.v(), claims);
        }
        case Op.Retract retract -> collect(retract, retract.v(), claims);
        case Op.RetractAttribute _ -> {} // says no value
      }
    }
    return claims;
  }

  private static void mark(Op.Add add) {
    long a = add.a().id();
    if (a == Ids.INSTALL_PARTITION && add.v() instanceof Tempid partition) {
      partition.markAsElement(true);
    }
    if (add.e() instanceof Tempid tempid) {
      tempid.markAsElement(a == Ids.VALUE_TYPE || a == Ids.CARDINALITY);
    }
  }

  private static void collect(Op.Primitive op, Object v, List<Said> claims) {
    if (op.a().unique() == Uniqueness.IDENTITY && op.e() instanceof Tempid tempid) {
      claims.add(new Said(tempid, op.a(), v, op.form()));
    }
  }

  /// A value of a unique identity: what it is, or with the tempids it still holds.
  private record Identity(long a, Object v) {}

  private void upsert(List<Said> claims) {
    var claimants = new HashMap<Identity, Tempid>();
    List<Said> open = claims;
    boolean changes = true;
    while (changes) {
      changes = false;
      var stillOpen = new ArrayList<Said>();
      for (Said claim : open) {
        before.step();
        if (TupleValues.isOpen(claim.v())) {
          stillOpen.add(claim);
        } else {
          claimKnown(claim, claimants);
          changes = true;
        }
      }
      changes |= uniteOpen(stillOpen);
      changes &= !stillOpen.isEmpty(); // what is known was looked at once, and that is enough
      open = stillOpen;
    }
  }

  private void claimKnown(Said claim, Map<Identity, Tempid> claimants) {
    Object v = TupleValues.resolved(claim.v());
    Tempid tempid = claim.tempid();
    Tempid other = claimants.putIfAbsent(new Identity(claim.a().id(), v), tempid);
    if (other != null) {
      unite(tempid, other, claim.form());
      return;
    }
    long holder = isNewReference(claim.a(), v) ? Before.NOBODY : before.holder(claim.a(), v);
    if (holder != Before.NOBODY) {
      if (tempid.isResolved() && tempid.id() != holder) {
        throw Refusals.tempidIsTwo(claim.form(), tempid.name().orElse(null), tempid.id(), holder);
      }
      tempid.resolve(holder);
    }
  }

  private boolean isNewReference(Attribute a, Object v) {
    return a.isRef() && before.isNew((Long) v);
  }

  /// Unites the tempids that claim one value which is a tempid still.
  private static boolean uniteOpen(List<Said> open) {
    var claimants = new HashMap<Identity, Tempid>();
    boolean changes = false;
    for (Said claim : open) {
      Tempid tempid = claim.tempid();
      Object value = TupleValues.with(claim.v(), Resolution::rootOrId);
      Tempid other = claimants.putIfAbsent(new Identity(claim.a().id(), value), tempid);
      if (other != null) {
        changes |= unite(tempid, other, claim.form());
      }
    }
    return changes;
  }

  private static Object rootOrId(EntityRef ref) {
    return ref instanceof Tempid tempid && !tempid.isResolved() ? tempid.root() : (Object) ref.id();
  }

  private static boolean unite(Tempid one, Tempid other, int form) {
    if (one.isSameAs(other)) {
      return false;
    }
    if (one.isResolved() && other.isResolved() && one.id() != other.id()) {
      throw Refusals.tempidIsTwo(form, one.name().orElse(null), one.id(), other.id());
    }
    one.unite(other);
    return true;
  }

  private long nextId(Tempid tempid, int form) {
    if (!tempid.isElement()) {
      long partition = affinities.of(tempid);
      if (partition == Partition.DB) {
        throw Refusals.notAPartition(form, "of schema elements");
      }
      return Partition.entityId(partition, nextEntity++);
    }
    if (nextElement >= ELEMENT_COUNT_MAX) {
      throw Refusals.tooManyElements(form);
    }
    return Partition.entityId(Partition.DB, nextElement++);
  }

  private static void checkResolved(Op.Primitive op) {
    check(op.e(), op.form());
    switch (op) {
      case Op.Add add -> checkValue(add.v(), op.form());
      case Op.Retract retract -> checkValue(retract.v(), op.form());
      case Op.RetractAttribute _ -> {}
    }
  }

  private static void checkValue(Object value, int form) {
    TupleValues.entities(value).forEach(ref -> check(ref, form));
  }

  private static void check(EntityRef ref, int form) {
    if (ref instanceof Tempid tempid && !tempid.isResolved()) {
      throw Refusals.tempidNotAnEntity(form, tempid.name().orElse(null));
    }
  }
}
