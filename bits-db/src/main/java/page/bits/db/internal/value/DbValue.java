/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.value;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import page.bits.db.AttributeInfo;
import page.bits.db.Datom;
import page.bits.db.DatomRange;
import page.bits.db.Db;
import page.bits.db.DbStats;
import page.bits.db.Entity;
import page.bits.db.Index;
import page.bits.db.IndexPull;
import page.bits.db.Partition;
import page.bits.db.Pulled;
import page.bits.db.Recorded;
import page.bits.db.Rows;
import page.bits.db.Tx;
import page.bits.db.TxReport;
import page.bits.db.internal.given.EntityRefs;
import page.bits.db.internal.index.Counters;
import page.bits.db.internal.index.DatomSource;
import page.bits.db.internal.index.IndexView;
import page.bits.db.internal.index.MemoryIndex;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.index.Recording;
import page.bits.db.internal.index.RecordingSource;
import page.bits.db.internal.index.SourceDb;
import page.bits.db.internal.index.Window;
import page.bits.db.internal.pull.EntityView;
import page.bits.db.internal.pull.PullEngine;
import page.bits.db.internal.query.QueryEngine;
import page.bits.db.internal.schema.Ids;
import page.bits.db.internal.tx.Evaluated;
import page.bits.db.internal.tx.Evaluator;
import page.bits.db.internal.tx.TxContext;
import page.bits.edn.Keyword;

/// A database value over a memory index. Immutable and thread-safe; O(1) to make from an index.
public final class DbValue implements SourceDb {
  /// The moment and its window, without filters.
  private final IndexView view;

  private final List<BiPredicate<Db, Datom>> filters;
  private final RecordingSource.@Nullable Recorder recorder;
  private final DatomSource source;

  private DbValue(
      IndexView view,
      List<BiPredicate<Db, Datom>> filters,
      RecordingSource.@Nullable Recorder recorder) {
    this.view = view;
    this.filters = filters;
    this.recorder = recorder;
    this.source = recorded(filters.isEmpty() ? view : view.filtered(all(filters)), recorder);
  }

  private Predicate<Datom> all(List<BiPredicate<Db, Datom>> rules) {
    var unfiltered = new DbValue(view, List.of(), recorder);
    return datom -> rules.stream().allMatch(rule -> rule.test(unfiltered, datom));
  }

  private static DatomSource recorded(
      DatomSource source, RecordingSource.@Nullable Recorder recorder) {
    return recorder == null ? source : new RecordingSource(source, recorder);
  }

  /// The newest value of an index.
  public static DbValue now(MemoryIndex index) {
    return new DbValue(IndexView.now(index), List.of(), null);
  }

  /// The very value right after transaction t, cut from an index that holds it.
  public static DbValue moment(MemoryIndex index, long t) {
    return new DbValue(IndexView.moment(index, t), List.of(), null);
  }

  private DbValue through(Window window) {
    return new DbValue(view.through(window), filters, recorder);
  }

  @Override
  public DatomSource source() {
    return source;
  }

  /// Every transaction changes the answer.
  private void noteEverything() {
    if (recorder != null) {
      recorder.note(Ranges.all(Index.EAVT));
    }
  }

  @Override
  public UUID databaseId() {
    return view.database().uuid();
  }

  @Override
  public long basisT() {
    noteEverything();
    return view.basisT();
  }

  @Override
  public long nextT() {
    noteEverything();
    return counters().nextEntity();
  }

  private Counters counters() {
    return view.index().at(view.basisT()).counters();
  }

  @Override
  public Db asOf(long t) {
    return through(view.window().asOf(TimePoint.t(t)));
  }

  @Override
  public Db asOf(Instant at) {
    return asOf(lastT(at));
  }

  @Override
  public Db since(long t) {
    return through(view.window().since(TimePoint.t(t)));
  }

  @Override
  public Db since(Instant at) {
    return since(lastT(at));
  }

  /// The last t at or before the instant, whatever this value shows of it; the next t when no
  /// transaction is later.
  private long lastT(Instant at) {
    OptionalLong later = firstT(at.plusMillis(1));
    return later.isPresent() ? Math.max(0, later.getAsLong() - 1) : nextT();
  }

  /// The t of the first transaction at or after the instant, whatever this value shows of it.
  private OptionalLong firstT(Instant at) {
    Iterator<Datom> from =
        recorded(view.base(), recorder)
            .read(Ranges.avRange(Ids.TX_INSTANT, at.truncatedTo(ChronoUnit.MILLIS), null));
    return from.hasNext() ? OptionalLong.of(from.next().t()) : OptionalLong.empty();
  }

  @Override
  public Db history() {
    return through(view.window().history());
  }

  @Override
  public Db filter(BiPredicate<Db, Datom> keep) {
    var more = new ArrayList<>(filters);
    more.add(keep);
    return new DbValue(view, List.copyOf(more), recorder);
  }

  @Override
  public OptionalLong asOfT() {
    return view.window().asOfT();
  }

  @Override
  public OptionalLong sinceT() {
    return view.window().sinceT();
  }

  @Override
  public boolean isHistory() {
    return view.window().isHistory();
  }

  @Override
  public boolean isFiltered() {
    return !filters.isEmpty();
  }

  @Override
  public TxReport with(List<?> forms) {
    EntityRefs.requireEntities(source, "with");
    noteEverything(); // its numbers follow on the newest
    MemoryIndex before = view.index().at(view.basisT());
    Counters counters = before.counters();
    Instant last = counters.txInstant();
    Evaluated evaluated =
        Evaluator.evaluate(
            new TxContext(
                IndexView.now(before),
                counters.nextEntity(),
                counters.nextElement(),
                last,
                last,
                new IndexMoments(() -> before)),
            Tx.of(forms).forms());
    var after =
        new Counters(
            evaluated.t(), evaluated.nextEntity(), evaluated.nextElement(), evaluated.txInstant());
    IndexView next = IndexView.now(before.with(List.of(evaluated.datoms()), after));
    return new SpeculativeReport(
        evaluated, counters.t(), this, new DbValue(next.through(view.window()), filters, recorder));
  }

  @Override
  public @Nullable Object q(Object query, Object... inputs) {
    return QueryEngine.q(query, this, inputs);
  }

  @Override
  public Rows query(Object query, Object... inputs) {
    return QueryEngine.rows(query, this, inputs);
  }

  @Override
  public Pulled pull(Object pattern, Object entity) {
    return PullEngine.pull(source, pattern, entity);
  }

  @Override
  public <R extends Record> Optional<R> pull(Class<R> shape, Object entity) {
    return PullEngine.pull(source, shape, entity);
  }

  @Override
  public List<Pulled> pullMany(Object pattern, Iterable<?> entities) {
    return PullEngine.pullMany(source, pattern, entities);
  }

  @Override
  public Entity entity(Object entity) {
    EntityRefs.requireEntities(source, "entity");
    return EntityView.of(this, EntityRefs.require(source, entity, "entity"));
  }

  @Override
  public OptionalLong entid(Object entity) {
    return EntityRefs.find(source, entity, "entid");
  }

  @Override
  public Optional<Keyword> ident(Object entity) {
    OptionalLong id = EntityRefs.find(source, entity, "ident");
    return id.isEmpty() ? Optional.empty() : source.schema().ident(id.getAsLong());
  }

  @Override
  public long entidAt(Object partition, long t) {
    return Partition.entityId(Partitions.number(source, partition), TimePoint.t(t));
  }

  @Override
  public long entidAt(Object partition, Instant at) {
    return entidAt(partition, firstT(at).orElse(nextT()));
  }

  @Override
  public Optional<AttributeInfo> attribute(Object attribute) {
    return SchemaInfo.attribute(source.schema(), attribute);
  }

  @Override
  public DbStats stats() {
    noteEverything();
    return SchemaInfo.stats(view.index().at(view.basisT()), source.schema());
  }

  @Override
  public Iterable<Datom> datoms(Index index, Object... components) {
    IndexComponents parsed = IndexComponents.parse(source, index, components);
    return parsed.nobody() != null ? List.of() : () -> parsed.only(source.read(parsed.exactly()));
  }

  @Override
  public Iterable<Datom> seekDatoms(Index index, Object... components) {
    DatomRange range = IndexComponents.parse(source, index, components).requireSomebody().onwards();
    return () -> source.read(range);
  }

  @Override
  public Iterable<Datom> seekDatomsReverse(Index index, Object... components) {
    DatomRange range =
        IndexComponents.parse(source, index, components).requireSomebody().backwards();
    return () -> source.readReverse(range);
  }

  @Override
  public Iterable<Datom> indexRange(
      Object attribute, @Nullable Object start, @Nullable Object end) {
    DatomRange range = IndexComponents.valueRange(source, attribute, start, end);
    return () -> source.read(range);
  }

  @Override
  public Iterable<Pulled> indexPull(IndexPull request) {
    EntityRefs.requireEntities(source, "indexPull");
    return IndexWalk.of(source, request);
  }

  @Override
  public <T extends @Nullable Object> Recorded<T> recorded(Function<Db, T> computation) {
    var own = new RecordingSource.Recorder();
    T result = Recording.run(() -> computation.apply(new DbValue(view, filters, own)));
    Recorded<T> recorded = new Recorded<>(result, own.readSet());
    if (recorder != null) {
      recorded.reads().ranges().forEach(recorder::note);
    }
    return recorded;
  }

  @Override
  public String toString() {
    var text = new StringBuilder("Db[t ").append(view.basisT());
    asOfT().ifPresent(t -> text.append(", as of ").append(t));
    sinceT().ifPresent(t -> text.append(", since ").append(t));
    text.append(isHistory() ? ", history" : "").append(isFiltered() ? ", filtered" : "");
    return text.append(']').toString();
  }
}
