/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.value;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.DatomRange;
import page.bits.db.Db;
import page.bits.db.Entity;
import page.bits.db.Index;
import page.bits.db.Partition;
import page.bits.db.Pulled;
import page.bits.db.Recorded;
import page.bits.db.Rows;
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
  private final IndexView view;
  private final RecordingSource.@Nullable Recorder recorder;
  private final DatomSource source;

  private DbValue(IndexView view, RecordingSource.@Nullable Recorder recorder) {
    this.view = view;
    this.recorder = recorder;
    this.source = recorder == null ? view : new RecordingSource(view, recorder);
  }

  /// The newest value of an index.
  public static DbValue now(MemoryIndex index) {
    return new DbValue(IndexView.now(index), null);
  }

  /// The very value right after transaction t, cut from an index that holds it.
  public static DbValue moment(MemoryIndex index, long t) {
    return new DbValue(IndexView.moment(index, t), null);
  }

  @Override
  public DatomSource source() {
    return source;
  }

  @Override
  public long basisT() {
    if (recorder != null) {
      recorder.note(Ranges.all(Index.EAVT)); // every transaction changes the answer
    }
    return view.basisT();
  }

  @Override
  public Db asOf(long t) {
    long cut = Partition.of(t) == Partition.TX ? Partition.counter(t) : t;
    if (cut < 0) {
      throw ValueErrors.invalidTimePoint(t);
    }
    return new DbValue(view.asOf(cut), recorder);
  }

  @Override
  public Db asOf(Instant at) {
    Iterator<Datom> later =
        source.read(
            Ranges.avRange(Ids.TX_INSTANT, at.truncatedTo(ChronoUnit.MILLIS).plusMillis(1), null));
    return later.hasNext() ? asOf(later.next().t() - 1) : this;
  }

  @Override
  public Db since(long t) {
    throw ValueErrors.unsupported("since", "filter by ?tx in a query, or read the log's tx-range");
  }

  @Override
  public Db history() {
    throw ValueErrors.unsupported("history", "read the log's tx-range");
  }

  @Override
  public Db filter(BiPredicate<Db, Datom> keep) {
    throw ValueErrors.unsupported("filter", "use predicates in a query");
  }

  @Override
  public TxReport with(List<?> forms) {
    if (!view.isNow()) {
      throw ValueErrors.unsupported("with on a value of the past", "use with on the newest value");
    }
    Counters counters = view.index().counters();
    Instant last = counters.txInstant();
    Evaluated evaluated =
        Evaluator.evaluate(
            new TxContext(
                source,
                counters.nextEntity(),
                counters.nextElement(),
                last,
                last,
                new IndexMoments(view::index)),
            forms);
    var after =
        new Counters(
            evaluated.t(), evaluated.nextEntity(), evaluated.nextElement(), evaluated.txInstant());
    MemoryIndex next = view.index().with(List.of(evaluated.datoms()), after);
    return new SpeculativeReport(evaluated, counters.t(), this, next);
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
  public Iterable<Datom> datoms(Index index, Object... components) {
    IndexComponents parsed = IndexComponents.parse(source, index, components);
    return () -> parsed.only(source.read(parsed.exactly()));
  }

  @Override
  public Iterable<Datom> seekDatoms(Index index, Object... components) {
    DatomRange range = IndexComponents.parse(source, index, components).onwards();
    return () -> source.read(range);
  }

  @Override
  public Iterable<Datom> indexRange(
      Object attribute, @Nullable Object start, @Nullable Object end) {
    DatomRange range = IndexComponents.valueRange(source, attribute, start, end);
    return () -> source.read(range);
  }

  @Override
  public Iterable<Pulled> indexPull(Index index, Object pattern, Object... start) {
    throw ValueErrors.unsupported("indexPull", "use seekDatoms and pull");
  }

  @Override
  public <T extends @Nullable Object> Recorded<T> recorded(Function<Db, T> computation) {
    var own = new RecordingSource.Recorder();
    T result = Recording.run(() -> computation.apply(new DbValue(view, own)));
    Recorded<T> recorded = new Recorded<>(result, own.readSet());
    if (recorder != null) {
      recorded.reads().ranges().forEach(recorder::note);
    }
    return recorded;
  }

  @Override
  public String toString() {
    return "Db[t " + view.basisT() + "]";
  }
}
