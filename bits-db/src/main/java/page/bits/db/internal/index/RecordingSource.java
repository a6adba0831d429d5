/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import page.bits.db.Datom;
import page.bits.db.DatomRange;
import page.bits.db.ReadSet;
import page.bits.db.internal.schema.Ids;
import page.bits.db.internal.schema.Schema;

/// A source that notes every range that is read through it. Thread-safe.
///
/// Whoever asks for the schema depends on every ident and on what defines attributes: those ranges
/// are noted as a whole, since schemas change rarely.
public final class RecordingSource implements DatomSource {
  private static final List<DatomRange> SCHEMA =
      List.of(
          Ranges.a(Ids.IDENT),
          Ranges.a(Ids.VALUE_TYPE),
          Ranges.a(Ids.CARDINALITY),
          Ranges.a(Ids.UNIQUE),
          Ranges.a(Ids.IS_COMPONENT),
          Ranges.a(Ids.INDEX));

  private final DatomSource source;
  private final Recorder recorder;

  /// Collects ranges, from any thread.
  public static final class Recorder {
    private final Set<DatomRange> ranges = Collections.synchronizedSet(new LinkedHashSet<>());

    public void note(DatomRange range) {
      ranges.add(range);
    }

    public ReadSet readSet() {
      synchronized (ranges) {
        return new ReadSet(List.copyOf(ranges));
      }
    }
  }

  public RecordingSource(DatomSource source, Recorder recorder) {
    this.source = source;
    this.recorder = recorder;
  }

  @Override
  public Object database() {
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
    recorder.note(range);
    return source.read(range);
  }

  @Override
  public Iterator<Datom> readReverse(DatomRange range) {
    recorder.note(range);
    return source.readReverse(range);
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
