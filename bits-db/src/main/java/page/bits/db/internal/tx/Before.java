/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.DatomRange;
import page.bits.db.Db;
import page.bits.db.Partition;
import page.bits.db.internal.index.Counters;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Ids;
import page.bits.db.internal.schema.Schema;

/// The value before a transaction, as its evaluation reads it.
final class Before {
  private final TxContext context;
  private @Nullable Db value;
  private @Nullable Db after;

  Before(TxContext context) {
    this.context = context;
  }

  /// What [#holder] answers when nobody holds the value.
  static final long NOBODY = -1;

  /// The value after the transaction, for predicates; made when the first one asks.
  Db after(List<Datom> datoms, Counters counters) {
    Db made = after;
    if (made == null) {
      made = context.moments().after(datoms, counters);
      after = made;
    }
    return made;
  }

  TxContext context() {
    return context;
  }

  /// The value itself, for functions; made when the first one asks.
  Db value() {
    Db made = value;
    if (made == null) {
      made = context.moments().before();
      value = made;
    }
    return made;
  }

  Schema schema() {
    return context.before().schema();
  }

  /// One more step of the evaluation's budget.
  void step() {
    context.budget().step();
  }

  /// The id of the transaction being evaluated.
  long tx() {
    return Partition.tx(context.nextEntity());
  }

  /// Whether the id has been given to an entity, or to the transaction itself.
  boolean isAllocated(long id) {
    long counter = Partition.counter(id);
    long partition = Partition.of(id);
    if (id < 0) {
      return false;
    }
    if (partition == Partition.DB) {
      return counter < context.nextElement();
    }
    if (partition == Partition.TX) {
      return counter == 0 || (counter >= Ids.FIRST_ENTITY && counter <= context.nextEntity());
    }
    return isOfUsers(partition) && counter >= Ids.FIRST_ENTITY && counter < context.nextEntity();
  }

  /// Whether ordinary entities can be in the partition.
  boolean isOfUsers(long partition) {
    return partition == Partition.USER
        || Partition.isImplicit(partition)
        || schema().isInstalledPartition(partition);
  }

  /// Whether the transaction being evaluated made the entity; nothing can be read of it.
  boolean isNew(long id) {
    return Partition.counter(id)
        >= (Partition.of(id) == Partition.DB ? context.nextElement() : context.nextEntity());
  }

  /// The value of an attribute of cardinality one.
  @Nullable Object value(long e, Attribute a) {
    if (isNew(e)) {
      return null;
    }
    Iterator<Datom> datoms = context.before().read(Ranges.ea(e, a.id()));
    return datoms.hasNext() ? datoms.next().v() : null;
  }

  boolean holds(long e, Attribute a, Object v) {
    return !isNew(e) && context.before().read(Ranges.eav(e, a.id(), v)).hasNext();
  }

  /// The ephemeral datoms of an entity, that of its session among them.
  List<Datom> ephemeral(long e) {
    List<Datom> datoms = isNew(e) ? new ArrayList<>() : all(Ranges.e(e));
    datoms.removeIf(datom -> !schema().isEphemeral(datom.a()));
    return datoms;
  }

  /// Who holds a value of a unique attribute.
  long holder(Attribute a, Object v) {
    Iterator<Datom> datoms = context.before().read(Ranges.av(a.id(), v));
    return datoms.hasNext() ? datoms.next().e() : NOBODY;
  }

  List<Datom> all(DatomRange range) {
    var datoms = new ArrayList<Datom>();
    context.before().read(range).forEachRemaining(datoms::add);
    return datoms;
  }
}
