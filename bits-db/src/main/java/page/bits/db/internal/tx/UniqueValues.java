/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import page.bits.db.internal.index.Fact;
import page.bits.db.internal.schema.Attribute.Uniqueness;

/// Checks that after a transaction every unique value has one holder. Judges the whole set of
/// changes, so a value may move from one entity to another inside a transaction.
final class UniqueValues {
  private record Value(long a, Object v) {}

  private UniqueValues() {}

  static void check(Before before, List<Claim> changes) {
    Map<Value, Claim> asserted = null;
    for (Claim change : changes) {
      if (change.added() && change.a().isUnique()) {
        asserted = asserted == null ? new HashMap<>() : asserted;
        Claim other = asserted.putIfAbsent(new Value(change.a().id(), change.v()), change);
        if (other != null) {
          throw Refusals.twoHolders(other, change);
        }
      }
    }
    if (asserted != null) {
      checkHolders(before, changes, asserted.values());
    }
  }

  private static void checkHolders(Before before, List<Claim> changes, Iterable<Claim> asserted) {
    Set<Fact> retracted = null;
    for (Claim claim : asserted) {
      boolean isFromForms = !claim.a().isComposite();
      if (isFromForms && claim.a().unique() == Uniqueness.IDENTITY && before.isNew(claim.e())) {
        continue; // its tempid was looked up and would have become the holder
      }
      long holder = before.holder(claim.a(), claim.v());
      if (holder == Before.NOBODY) {
        continue;
      }
      retracted = retracted == null ? retracted(changes) : retracted;
      if (!retracted.contains(new Fact(holder, claim.a().id(), claim.v()))) {
        throw Refusals.uniqueConflict(claim.form(), claim.a(), claim.v(), claim.e(), holder);
      }
    }
  }

  private static Set<Fact> retracted(List<Claim> changes) {
    var facts = new HashSet<Fact>();
    for (Claim change : changes) {
      if (!change.added() && change.a().isUnique()) {
        facts.add(change.fact());
      }
    }
    return facts;
  }
}
