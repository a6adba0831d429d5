/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.DatomOrder;
import page.bits.db.DatomRange;
import page.bits.db.Index;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Ids;
import page.bits.db.internal.schema.Schema;
import page.bits.db.spi.DatabaseId;

/// The four covering indexes in memory, at one point of the log, and every earlier point inside
/// them.
///
/// Immutable and thread-safe; built once per entry. Each index is two trees: *current* holds the
/// datoms that hold now, *history* those that were superseded, with the retractions that did it.
/// Reading now touches only the current tree; reading at a cut t merges both and takes of each fact
/// the newest word at or before t.
///
/// Ephemeral datoms lie in [Ephemerals] of their own: they have no history, so only moments from
/// the last [#settled()] on show them.
public final class MemoryIndex {
  private static final Map<Index, DatomTree> EMPTY = emptyTrees();

  private final DatabaseId database;
  private final Map<Index, DatomTree> current;
  private final Map<Index, DatomTree> history;
  private final Ephemerals ephemerals;
  private final SchemaHistory schemas;
  private final Counters counters;
  private final IndexDigest digest;
  private final @Nullable Budget budget;

  private MemoryIndex(
      DatabaseId database,
      Map<Index, DatomTree> current,
      Map<Index, DatomTree> history,
      Ephemerals ephemerals,
      SchemaHistory schemas,
      Counters counters,
      IndexDigest digest,
      @Nullable Budget budget) {
    this.database = database;
    this.current = current;
    this.history = history;
    this.ephemerals = ephemerals;
    this.schemas = schemas;
    this.counters = counters;
    this.digest = digest;
    this.budget = budget;
  }

  /// The index of a database with these birth datoms and nothing else.
  public static MemoryIndex ofBirth(DatabaseId database, List<Datom> birth) {
    var schemas = new SchemaHistory(0, Schema.empty().with(birth));
    return new MemoryIndex(
            database,
            EMPTY,
            EMPTY,
            Ephemerals.NONE,
            schemas,
            Counters.BIRTH,
            IndexDigest.NONE,
            null)
        .with(List.of(birth), Counters.BIRTH);
  }

  static Map<Index, DatomTree> emptyTrees() {
    var trees = new EnumMap<Index, DatomTree>(Index.class);
    for (Index index : Index.values()) {
      trees.put(index, DatomTree.empty(index));
    }
    return trees;
  }

  /// This index, read within a budget: by every view of it, and by what is made from it.
  public MemoryIndex within(Budget limit) {
    return new MemoryIndex(
        database, current, history, ephemerals, schemas, counters, digest, limit);
  }

  /// This index without what is remembered of ephemeral facts that ended: what an entry is built
  /// on, so that all moments from right before it are exact.
  public MemoryIndex settled() {
    if (ephemerals.isSettledAt(basisT())) {
      return this;
    }
    Ephemerals settled = ephemerals.settled(basisT());
    return new MemoryIndex(database, current, history, settled, schemas, counters, digest, budget);
  }

  /// Whether the value right after t, cut from this index, is the very value of that moment: with
  /// the ephemeral facts that held then. Otherwise it shows the durable ones.
  public boolean isExactAt(long t) {
    return ephemerals.isExactAt(t);
  }

  /// The database, kept by every index made from this one.
  public DatabaseId database() {
    return database;
  }

  public Schema schema() {
    return schemas.newest();
  }

  /// The schema as it was right after transaction t.
  public Schema schemaAt(long t) {
    return schemas.at(t);
  }

  public Counters counters() {
    return counters;
  }

  public long basisT() {
    return counters.t();
  }

  /// What two peers agree on if they applied the same log: a digest of the durable datoms that
  /// hold, and how many datoms the trees have that every fact, or every reference, lies in.
  public String fingerprint() {
    var text = new StringBuilder(digest.toString());
    for (Index index : List.of(Index.EAVT, Index.AEVT, Index.VAET)) {
      text.append(' ').append(tree(current, index).size());
      text.append(' ').append(tree(history, index).size());
    }
    return text.toString();
  }

  /// How many datoms hold now.
  public long size() {
    return tree(current, Index.EAVT).size() + ephemerals.size();
  }

  /// This index after these transactions, in order; `after` are the counters after the last one.
  ///
  /// They are merged in one run, but a transaction by which an attribute may leave AVET begins a
  /// run of its own: what came before it has to be in AVET for the values of those moments.
  public MemoryIndex with(List<List<Datom>> transactions, Counters after) {
    MemoryIndex next = this;
    int from = 0;
    for (int i = 1; i < transactions.size(); i++) {
      if (mayLeaveAvet(transactions.get(i))) {
        next = next.withRun(transactions.subList(from, i), after);
        from = i;
      }
    }
    return next.withRun(transactions.subList(from, transactions.size()), after);
  }

  private static boolean mayLeaveAvet(List<Datom> txData) {
    for (Datom datom : txData) {
      if (!datom.added() && (datom.a() == Ids.UNIQUE || datom.a() == Ids.INDEX)) {
        return true;
      }
    }
    return false;
  }

  private MemoryIndex withRun(List<List<Datom>> transactions, Counters after) {
    var change = new Change();
    SchemaHistory newSchemas = schemas;
    for (List<Datom> txData : transactions) {
      change.apply(txData, newSchemas.newest());
      newSchemas = newSchemas.with(txData);
    }
    Schema newSchema = newSchemas.newest();
    List<Datom> assertedNow = change.assertedNow();
    IndexDigest newDigest = digest.with(assertedNow, change.superseded);
    var newCurrent = new EnumMap<Index, DatomTree>(Index.class);
    var newHistory = new EnumMap<Index, DatomTree>(Index.class);
    for (Index index : Index.values()) {
      newCurrent.put(
          index,
          tree(current, index)
              .with(
                  covered(newSchema, index, assertedNow),
                  covered(newSchema, index, change.superseded)));
      newHistory.put(
          index, tree(history, index).with(covered(newSchema, index, change.past), List.of()));
    }
    Ephemerals newEphemerals = ephemerals.with(change.ephemeral, newSchema);
    var next =
        new MemoryIndex(
            database, newCurrent, newHistory, newEphemerals, newSchemas, after, newDigest, budget);
    return newSchema == schema() ? next : next.withAvetOf(schema());
  }

  /// This index with AVET filled for every attribute that has it from now on. An attribute that
  /// leaves AVET keeps what it had there: values of moments before still read it; coming back, it
  /// is filled afresh.
  private MemoryIndex withAvetOf(Schema before) {
    MemoryIndex next = this;
    for (Attribute attribute : schema().attributes()) {
      boolean had = before.attribute(attribute.id()).map(Attribute::hasAvet).orElse(false);
      if (attribute.hasAvet() && !had) {
        next = next.withAvet(attribute.id());
      }
    }
    return next;
  }

  private MemoryIndex withAvet(long a) {
    var newCurrent = new EnumMap<>(current);
    var newHistory = new EnumMap<>(history);
    newCurrent.put(Index.AVET, avetOf(current, a));
    newHistory.put(Index.AVET, avetOf(history, a));
    return new MemoryIndex(
        database,
        newCurrent,
        newHistory,
        ephemerals.withAvet(a),
        schemas,
        counters,
        digest,
        budget);
  }

  static DatomTree avetOf(Map<Index, DatomTree> trees, long a) {
    List<Datom> stale = datoms(trees, Ranges.prefix(Index.AVET, 1, 0, a, null));
    return tree(trees, Index.AVET)
        .with(List.of(), stale)
        .with(datoms(trees, Ranges.a(a)), List.of());
  }

  private static List<Datom> datoms(Map<Index, DatomTree> trees, DatomRange range) {
    var datoms = new ArrayList<Datom>();
    tree(trees, range.index()).range(range.from(), range.to()).forEachRemaining(datoms::add);
    return datoms;
  }

  /// The datoms that hold now, in the range.
  Iterator<Datom> readCurrent(DatomRange range, boolean reverse) {
    Iterator<Datom> durable = readDurable(range, reverse);
    return ephemerals.isEmpty()
        ? durable
        : merged(range, reverse, durable, read(ephemerals.current(), range, reverse));
  }

  /// The durable datoms that hold now, in the range.
  Iterator<Datom> readDurable(DatomRange range, boolean reverse) {
    return read(current, range, reverse);
  }

  /// Every durable assertion and retraction ever made, in the range.
  Iterator<Datom> readWords(DatomRange range, boolean reverse) {
    return merged(range, reverse, readDurable(range, reverse), read(history, range, reverse));
  }

  /// The ephemeral datoms that held right after t, in the range; none where that is not known.
  Iterator<Datom> readEphemeral(DatomRange range, long t, boolean reverse) {
    if (ephemerals.isEmpty() || !ephemerals.isExactAt(t)) {
      return Collections.emptyIterator();
    }
    Iterator<Datom> words =
        merged(
            range,
            reverse,
            read(ephemerals.current(), range, reverse),
            read(ephemerals.ended(), range, reverse));
    return new HeldIterator(new PassingIterator(words, word -> word.t() <= t));
  }

  static Iterator<Datom> merged(
      DatomRange range, boolean reverse, Iterator<Datom> one, Iterator<Datom> other) {
    Comparator<Datom> order = DatomOrder.of(range.index());
    return MergedIterator.of(reverse ? order.reversed() : order, one, other);
  }

  private Iterator<Datom> read(Map<Index, DatomTree> trees, DatomRange range, boolean reverse) {
    DatomTree tree = tree(trees, range.index());
    Iterator<Datom> datoms =
        reverse
            ? tree.rangeReverse(range.from(), range.to())
            : tree.range(range.from(), range.to());
    return budget == null ? datoms : budget.counted(datoms);
  }

  /// How many datoms hold now in the range, and how many words about the past lie there; O(log n).
  public long count(DatomRange range) {
    return tree(current, range.index()).count(range.from(), range.to())
        + tree(ephemerals.current(), range.index()).count(range.from(), range.to())
        + tree(history, range.index()).count(range.from(), range.to());
  }

  /// The index as it was right after transaction t, to build on. Its next numbers are the first
  /// above all that the words up to then name.
  ///
  /// One walk over all words, and the edits that take back what came later; O(n log n), made
  /// afresh, where the schema was another, since AVET held other attributes then.
  public MemoryIndex at(long t) {
    if (t >= basisT()) {
      return this;
    }
    return schemas.at(t) == schemas.newest() ? rewound(t) : rebuilt(t);
  }

  private MemoryIndex rewound(long t) {
    Rewind rewind = Rewind.to(t, readWords(Ranges.all(Index.EAVT), /* reverse= */ false));
    var then = new EnumMap<Index, DatomTree>(Index.class);
    var before = new EnumMap<Index, DatomTree>(Index.class);
    for (Index index : Index.values()) {
      then.put(
          index,
          tree(current, index)
              .with(
                  covered(schema(), index, rewind.revived()),
                  covered(schema(), index, rewind.assertedLater())));
      before.put(
          index, tree(history, index).with(List.of(), covered(schema(), index, rewind.past())));
    }
    var held = new ArrayList<Datom>();
    readEphemeral(Ranges.all(Index.EAVT), t, /* reverse= */ false).forEachRemaining(held::add);
    Ephemerals thenHeld = Ephemerals.NONE.with(held, schema());
    Counters counted = rewind.counters().after(held);
    return new MemoryIndex(database, then, before, thenHeld, schemas, counted, budget);
  }

  private MemoryIndex rebuilt(long t) {
    var byT = new TreeMap<Long, List<Datom>>();
    DatomRange all = Ranges.all(Index.EAVT);
    Consumer<Datom> take =
        word -> {
          if (word.t() <= t) {
            byT.computeIfAbsent(word.t(), _ -> new ArrayList<>()).add(word);
          }
        };
    readWords(all, /* reverse= */ false).forEachRemaining(take);
    readEphemeral(all, t, /* reverse= */ false).forEachRemaining(take);
    Counters counted = Counters.BIRTH;
    for (List<Datom> txData : byT.values()) {
      counted = counted.after(txData);
    }
    List<Datom> birth = java.util.Objects.requireNonNull(byT.remove(0L));
    var empty =
        new MemoryIndex(
            database,
            EMPTY,
            EMPTY,
            Ephemerals.NONE,
            schemas.first(),
            Counters.BIRTH,
            IndexDigest.NONE,
            budget);
    return empty.with(List.of(birth), Counters.BIRTH).with(List.copyOf(byT.values()), counted);
  }

  static DatomTree tree(Map<Index, DatomTree> trees, Index index) {
    return java.util.Objects.requireNonNull(trees.get(index));
  }

  static List<Datom> covered(Schema schema, Index index, List<Datom> datoms) {
    if (index == Index.EAVT || index == Index.AEVT || datoms.isEmpty()) {
      return datoms;
    }
    var covered = new ArrayList<Datom>();
    for (Datom datom : datoms) {
      if (schema.covers(index, datom)) {
        covered.add(datom);
      }
    }
    return covered;
  }

  /// What a run of transactions changes: the facts asserted and still holding, the current datoms
  /// that ended, and all that is past by now.
  private final class Change {
    private final List<Datom> asserted = new ArrayList<>(); // nearly sorted as it comes
    private final List<Datom> superseded = new ArrayList<>();
    private final List<Datom> past = new ArrayList<>();
    private final List<Datom> ephemeral = new ArrayList<>();

    /// The same as in `asserted`, by fact; made at the first retraction, since most transactions
    /// have none.
    private @Nullable Map<Fact, Datom> assertedByFact;

    /// `schema` is that before the transaction.
    void apply(List<Datom> txData, Schema schema) {
      for (Datom datom : txData) {
        if (schema.isEphemeral(datom.a())) {
          ephemeral.add(datom);
        } else if (!datom.added()) {
          retract(datom);
        }
      }
      Map<Fact, Datom> byFact = assertedByFact;
      for (Datom datom : txData) {
        if (schema.isEphemeral(datom.a())) {
          continue;
        }
        if (datom.added() && byFact != null) {
          byFact.put(Fact.of(datom), datom);
        } else if (datom.added()) {
          asserted.add(datom);
        }
      }
    }

    private void retract(Datom retraction) {
      Datom ended = byFact().remove(Fact.of(retraction));
      if (ended == null) {
        Iterator<Datom> held =
            read(
                current,
                Ranges.eav(retraction.e(), retraction.a(), retraction.v()),
                /* reverse= */ false);
        if (!held.hasNext()) {
          throw new IllegalStateException("retraction of a fact that does not hold: " + retraction);
        }
        ended = held.next();
        superseded.add(ended);
      }
      past.add(ended);
      past.add(retraction);
    }

    private Map<Fact, Datom> byFact() {
      Map<Fact, Datom> byFact = assertedByFact;
      if (byFact == null) {
        byFact = LinkedHashMap.newLinkedHashMap(asserted.size() + 8);
        for (Datom datom : asserted) {
          byFact.put(Fact.of(datom), datom);
        }
        assertedByFact = byFact;
      }
      return byFact;
    }

    List<Datom> assertedNow() {
      return assertedByFact == null ? asserted : List.copyOf(assertedByFact.values());
    }
  }
}
