/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import page.bits.db.Datom;
import page.bits.db.DatomRange;
import page.bits.db.ReadSet;
import page.bits.db.internal.schema.Schema;
import page.bits.db.spi.DatabaseId;

/// A source that notes every range that is read through it, as far as it is read. Thread-safe.
///
/// Whoever asks for the schema depends on every ident and on what defines attributes: those ranges
/// are noted as a whole, since schemas change rarely.
public final class RecordingSource implements DatomSource {
  private static final List<DatomRange> SCHEMA =
      Schema.definingAttributes().stream().sorted().map(Ranges::a).toList();

  private final DatomSource source;
  private final Recorder recorder;

  /// Collects ranges, from any thread.
  public static final class Recorder {
    private final Set<DatomRange> ranges = new LinkedHashSet<>();
    private final List<RecordedIterator> readings = new ArrayList<>();

    public synchronized void note(DatomRange range) {
      ranges.add(range);
    }

    private synchronized Iterator<Datom> reading(RecordedIterator reading) {
      readings.add(reading);
      return reading;
    }

    /// What was read so far.
    public synchronized ReadSet readSet() {
      var all = new LinkedHashSet<>(ranges);
      readings.forEach(reading -> reading.range().ifPresent(all::add));
      return new ReadSet(List.copyOf(all));
    }
  }

  public RecordingSource(DatomSource source, Recorder recorder) {
    this.source = source;
    this.recorder = recorder;
  }

  @Override
  public DatabaseId database() {
    return source.database();
  }

  @Override
  public Schema schema() {
    SCHEMA.forEach(recorder::note);
    return source.schema();
  }

  @Override
  public long basisT() {
    return source.basisT();
  }

  @Override
  public Iterator<Datom> read(DatomRange range) {
    return recorder.reading(new RecordedIterator(range, source.read(range), /* reverse= */ false));
  }

  @Override
  public Iterator<Datom> readReverse(DatomRange range) {
    return recorder.reading(
        new RecordedIterator(range, source.readReverse(range), /* reverse= */ true));
  }

  @Override
  public boolean isHistory() {
    return source.isHistory();
  }

  /// Not noted: an estimate never decides a result.
  @Override
  public long estimate(DatomRange range, int max) {
    return source.estimate(range, max);
  }
}
