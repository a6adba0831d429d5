/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Functions;
import page.bits.db.internal.index.Fact;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Ids;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// Checks that entities satisfy the specs that a transaction asks for (`:db/ensure`): they have the
/// spec's attributes after the transaction, and its predicates say true of the value after it. A
/// spec is what it was before the transaction. Confined to one evaluation.
final class Specs {
  private final Before before;
  private final Supplier<Db> after;
  private final Set<Fact> retracted = new HashSet<>();
  private final Set<List<Long>> asserted = new HashSet<>();

  private Specs(Before before, List<Claim> changes, Supplier<Db> after) {
    this.before = before;
    this.after = after;
    for (Claim change : changes) {
      if (change.added()) {
        asserted.add(List.of(change.e(), change.a().id()));
      } else {
        retracted.add(change.fact());
      }
    }
  }

  /// `after` makes the value after the transaction.
  static void check(Before before, List<Claim> changes, List<Claim> ensured, Supplier<Db> after) {
    if (ensured.isEmpty()) {
      return;
    }
    var specs = new Specs(before, changes, after);
    ensured.forEach(specs::check);
  }

  private void check(Claim ensured) {
    long spec = (Long) ensured.v();
    List<Object> attributes = values(spec, Ids.ENTITY_ATTRS);
    List<Object> predicates = values(spec, Ids.ENTITY_PREDS);
    Object shown = before.schema().ident(spec).<Object>map(ident -> ident).orElse(spec);
    if (attributes.isEmpty() && predicates.isEmpty()) {
      throw Refusals.notASpec(ensured, shown);
    }
    List<Object> missing = attributes.stream().filter(name -> !has(ensured.e(), name)).toList();
    if (!missing.isEmpty()) {
      throw Refusals.missingAttributes(ensured, shown, missing);
    }
    for (Object name : predicates) {
      check(ensured, shown, ((Symbol) name).toString());
    }
  }

  private void check(Claim ensured, Object spec, String name) {
    var predicate = UserCode.find(Functions.EntityPredicate.class, name, ensured.form());
    Object answer =
        UserCode.call(before, name, ensured.form(), () -> predicate.test(after.get(), ensured.e()));
    if (!Boolean.TRUE.equals(answer)) {
      throw Refusals.entityPredicate(ensured, spec, name, answer);
    }
  }

  private List<Object> values(long e, long a) {
    var values = new ArrayList<Object>();
    if (!before.isNew(e)) {
      before.all(Ranges.ea(e, a)).forEach(datom -> values.add(datom.v()));
    }
    return values;
  }

  /// Whether the entity has a value of the attribute after the transaction; false is one too.
  private boolean has(long e, Object name) {
    Attribute a = before.schema().attribute((Keyword) name).orElse(null);
    if (a == null) {
      return false;
    }
    if (asserted.contains(List.of(e, a.id()))) {
      return true;
    }
    if (before.isNew(e)) {
      return false;
    }
    for (Datom datom : before.all(Ranges.ea(e, a.id()))) {
      if (!retracted.contains(Fact.of(datom))) {
        return true;
      }
    }
    return false;
  }
}
