/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import page.bits.db.Bound;
import page.bits.db.Datom;
import page.bits.db.DatomOrder;
import page.bits.db.DatomRange;
import page.bits.db.Index;
import page.bits.db.internal.schema.Schema;
import page.bits.db.spi.DatabaseId;

/// An index and the transactions prepared on top of it, which are not in the log yet.
///
/// Confined to the thread that prepares an entry. Adding a transaction costs nothing until
/// something is read, and then a hash put or two per datom; the index itself is built once, when
/// the entry is complete, or when user code asks for a value: what was pending then is part of the
/// base from there on.
public final class PendingView implements DatomSource {
  private record AttributeValue(long a, Object v) {}

  private MemoryIndex base;
  private IndexView baseView;
  private final List<List<Datom>> transactions = new ArrayList<>();
  private final Map<Long, List<Datom>> addedByEntity = new HashMap<>();
  private final Map<AttributeValue, List<Datom>> addedByValue = new HashMap<>();
  private final Set<Fact> ended = new HashSet<>();

  /// How many of the transactions lie in the maps.
  private int readable;

  private Schema schema;
  private Counters counters;
  private Budget budget = Budget.unlimited();

  public PendingView(MemoryIndex base) {
    this.base = base;
    this.baseView = IndexView.now(base);
    this.schema = base.schema();
    this.counters = base.counters();
  }

  /// Every read from now on is a step of this budget.
  public void within(Budget limit) {
    this.budget = limit;
  }

  /// Stacks one evaluated transaction on top.
  public void add(List<Datom> txData, Counters after) {
    transactions.add(txData);
    schema = schema.with(txData);
    counters = after;
  }

  /// Makes ready to read all that was added.
  private void prepareReading() {
    for (; readable < transactions.size(); readable++) {
      List<Datom> txData = transactions.get(readable);
      for (Datom datom : txData) {
        if (!datom.added()) {
          retract(datom);
        }
      }
      for (Datom datom : txData) {
        if (datom.added()) {
          addedByEntity.computeIfAbsent(datom.e(), _ -> new ArrayList<>(4)).add(datom);
          addedByValue.computeIfAbsent(valueOf(datom), _ -> new ArrayList<>(1)).add(datom);
        }
      }
    }
  }

  private void retract(Datom datom) {
    boolean wasPending = false;
    List<Datom> ofEntity = addedByEntity.get(datom.e());
    if (ofEntity != null) {
      wasPending = ofEntity.removeIf(d -> d.a() == datom.a() && d.v().equals(datom.v()));
      List<Datom> ofValue = addedByValue.get(valueOf(datom));
      if (wasPending && ofValue != null) {
        ofValue.removeIf(d -> d.e() == datom.e());
      }
    }
    if (!wasPending) {
      ended.add(Fact.of(datom));
    }
  }

  private static AttributeValue valueOf(Datom datom) {
    return new AttributeValue(datom.a(), datom.v());
  }

  public Counters counters() {
    return counters;
  }

  /// The index with all pending transactions in it.
  public MemoryIndex build() {
    if (!transactions.isEmpty()) {
      base = base.with(transactions, counters);
      baseView = IndexView.now(base);
      transactions.clear();
      readable = 0;
      addedByEntity.clear();
      addedByValue.clear();
      ended.clear();
    }
    return base;
  }

  @Override
  public DatabaseId database() {
    return base.database();
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public long basisT() {
    return counters.t();
  }

  @Override
  public Iterator<Datom> read(DatomRange range) {
    return budget.counted(readAll(range));
  }

  private Iterator<Datom> readAll(DatomRange range) {
    if (schema != base.schema() && range.index() == Index.AVET) {
      return IndexView.now(build()).read(range); // an attribute may have entered AVET meanwhile
    }
    prepareReading();
    List<Datom> added = addedIn(range);
    if (added.isEmpty() && ended.isEmpty()) {
      return baseView.read(range);
    }
    var datoms = new ArrayList<>(added);
    Iterator<Datom> held = baseView.read(range);
    while (held.hasNext()) {
      Datom datom = held.next();
      budget.step();
      if (!ended.contains(Fact.of(datom))) {
        datoms.add(datom);
      }
    }
    Comparator<Datom> order = DatomOrder.of(range.index());
    datoms.sort(order);
    return datoms.iterator();
  }

  private List<Datom> addedIn(DatomRange range) {
    if (addedByEntity.isEmpty()) {
      return List.of();
    }
    Iterable<Datom> candidates = candidates(range);
    var added = new ArrayList<Datom>();
    for (Datom datom : candidates) {
      if (schema.covers(range.index(), datom) && range.contains(datom)) {
        added.add(datom);
      }
    }
    return added;
  }

  /// The pending datoms that can lie in the range: by entity or by value where the range names one,
  /// else all.
  private Iterable<Datom> candidates(DatomRange range) {
    Bound from = range.from();
    Bound to = range.to();
    int named = Math.min(from.count(), to.count());
    if (range.index() == Index.EAVT && named >= 1 && from.e() == to.e()) {
      return addedByEntity.getOrDefault(from.e(), List.of());
    }
    if (range.index() == Index.AVET
        && named >= 2
        && from.a() == to.a()
        && from.v().equals(to.v())) {
      return addedByValue.getOrDefault(
          new AttributeValue(from.a(), from.v().orElseThrow()), List.of());
    }
    var all = new ArrayList<Datom>();
    addedByEntity.values().forEach(all::addAll);
    return all;
  }
}
