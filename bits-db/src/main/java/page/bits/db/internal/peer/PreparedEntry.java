/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.internal.index.Counters;
import page.bits.db.internal.index.MemoryIndex;
import page.bits.db.internal.index.PendingView;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.log.LogRecord;
import page.bits.db.internal.log.v1.EncodedRecord;
import page.bits.db.internal.log.v1.EntryCodec;
import page.bits.db.internal.log.v1.PartList;
import page.bits.db.internal.schema.Ids;
import page.bits.db.internal.schema.Schema;
import page.bits.db.internal.tx.Evaluated;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;

/// An entry in the making: submissions judged one after the other on top of one head.
///
/// Confined to the committing thread. Nothing judged here is true before the entry is in the log
/// (or, where nothing is to be written, before a later read shows that its head was the newest).
final class PreparedEntry {
  private static final int DATOMS_MAX = 1_000_000;
  private static final int TX_SIZE_BYTES_MAX = 64 * 1024 * 1024;

  /// Past this, no further record is taken: what most records add keeps the entry in one row.
  private static final int FULL_SIZE_BYTES = PartList.PART_SIZE_BYTES_MAX * 3 / 4;

  private static final Keyword TX_ID = Keyword.of("bits.tx", "id");
  private static final Keyword TX_FORM_DIGEST = Keyword.of("bits.tx", "form-digest");
  private static final String TX = "datomic.tx";
  private static final Keyword DB_ID = Keyword.of("db", "id");

  /// How a submission was judged.
  sealed interface Judgement {
    Submission submission();

    /// It makes a record of this entry.
    record Accepted(Submission submission, int recordIndex) implements Judgement {}

    /// It was committed before under the same id, at t.
    record Repeated(Submission submission, long t) implements Judgement {}

    record Refused(Submission submission, BitsException reason) implements Judgement {}
  }

  /// How a submission would be judged on top of an entry.
  sealed interface Verdict {
    record Accepted(EncodedRecord record) implements Verdict {}

    record Repeated(long t) implements Verdict {}

    record Refused(BitsException reason) implements Verdict {}
  }

  private final long basePosition;
  private final long begunNanos;
  private final int level;
  private final PendingView pending;
  private final List<Judgement> judgements = new ArrayList<>();
  private final List<EncodedRecord> records = new ArrayList<>();
  private long sizeBytes;
  private boolean raisesLevel;
  private @Nullable MemoryIndex built;

  /// On top of the entry at a position, in the log or on its way there, and the index with it.
  PreparedEntry(long basePosition, MemoryIndex base, long nowNanos) {
    this.basePosition = basePosition;
    this.begunNanos = nowNanos;
    this.level = FormatLevel.of(base);
    this.pending = new PendingView(base.settled());
  }

  long basePosition() {
    return basePosition;
  }

  /// When the first of it was about to be judged.
  long begunNanos() {
    return begunNanos;
  }

  long position() {
    return basePosition + 1;
  }

  /// The t of the newest transaction in it, or below it.
  long basisT() {
    return pending.counters().t();
  }

  List<Judgement> judgements() {
    return judgements;
  }

  /// The submissions that make records of it; of a finished entry only.
  List<UUID> submissionIds() {
    return judgements.stream()
        .filter(Judgement.Accepted.class::isInstance)
        .map(judgement -> judgement.submission().submissionId())
        .toList();
  }

  boolean hasRecords() {
    return !records.isEmpty();
  }

  /// An entry has one format level: what raises it is the last of its entry.
  boolean isFull() {
    return sizeBytes >= FULL_SIZE_BYTES || raisesLevel;
  }

  /// Judges a submission on top of all that was added, and adds nothing. Throws
  /// [Evaluations.GivenUp] and [Evaluations.Outdated], and then has not judged it.
  Verdict judge(Submission submission, StorageClock clock, Evaluations evaluations) {
    try {
      return evaluate(submission, clock, evaluations);
    } catch (BitsException e) {
      return new Verdict.Refused(e);
    } catch (Evaluations.GivenUp | Evaluations.Outdated e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) { // a bug of ours must not stop the committer
      return new Verdict.Refused(PeerErrors.internal(e));
    }
  }

  private Verdict evaluate(Submission submission, StorageClock clock, Evaluations evaluations) {
    List<?> forms = submission.tx().forms();
    UUID id = submission.tx().id().orElse(null);
    if (id != null) {
      Bytes digest = submission.formDigest();
      Long t = committedUnder(id, digest);
      if (t != null) {
        return new Verdict.Repeated(t);
      }
      forms = stamped(forms, id, digest);
    }
    long prevT = pending.counters().t();
    Evaluated evaluated = evaluations.evaluate(pending, clock, submission, forms);
    if (evaluated.datoms().size() > DATOMS_MAX) {
      throw PeerErrors.tooLarge(evaluated.datoms().size(), DATOMS_MAX);
    }
    return new Verdict.Accepted(encode(submission, prevT, evaluated));
  }

  private EncodedRecord encode(Submission submission, long prevT, Evaluated evaluated) {
    var after =
        new Counters(
            evaluated.t(), evaluated.nextEntity(), evaluated.nextElement(), evaluated.txInstant());
    Map<String, Long> tempids = evaluated.tempids();
    if (submission.tx().id().isPresent() && !namesTx(submission.tx().forms())) {
      tempids = new LinkedHashMap<>(tempids);
      tempids.remove(TX); // only our own stamp named it
    }
    Schema schema = pending.schema();
    var durable = new ArrayList<Datom>(evaluated.datoms().size());
    var ephemeral = new ArrayList<Datom>(0);
    for (Datom datom : evaluated.datoms()) {
      (schema.isEphemeral(datom.a()) ? ephemeral : durable).add(datom);
    }
    var record =
        new LogRecord(prevT, after, submission.submissionId(), tempids, durable, ephemeral);
    return EntryCodec.encode(record, TX_SIZE_BYTES_MAX)
        .orElseThrow(() -> PeerErrors.tooManyBytes(TX_SIZE_BYTES_MAX));
  }

  /// Adds what was judged here, or on an entry that this one stands on.
  void add(Submission submission, Verdict verdict) {
    judgements.add(
        switch (verdict) {
          case Verdict.Accepted accepted -> accept(submission, accepted.record());
          case Verdict.Repeated repeated -> new Judgement.Repeated(submission, repeated.t());
          case Verdict.Refused refused -> new Judgement.Refused(submission, refused.reason());
        });
  }

  private Judgement accept(Submission submission, EncodedRecord encoded) {
    pending.add(encoded.record().txData(), encoded.record().counters());
    records.add(encoded);
    raisesLevel |= FormatLevel.isRaisedBy(encoded.record().datoms());
    sizeBytes += encoded.sizeBytes() + EntryCodec.RECORD_OVERHEAD_BYTES;
    return new Judgement.Accepted(submission, records.size() - 1);
  }

  /// The t of the transaction that was committed with this id, or null; an error when it had other
  /// forms.
  private @Nullable Long committedUnder(UUID id, Bytes digest) {
    Iterator<Datom> holders = pending.read(Ranges.av(Ids.BITS_TX_ID, id));
    if (!holders.hasNext()) {
      return null;
    }
    Datom holder = holders.next();
    Iterator<Datom> digests = pending.read(Ranges.ea(holder.e(), Ids.BITS_TX_FORM_DIGEST));
    if (!digests.hasNext() || !digests.next().v().equals(digest)) {
      throw PeerErrors.txIdReused(id);
    }
    return holder.t();
  }

  private static List<?> stamped(List<?> forms, UUID id, Bytes digest) {
    var stamped = new ArrayList<@Nullable Object>(forms);
    var stamp = new LinkedHashMap<Object, Object>();
    stamp.put(DB_ID, TX);
    stamp.put(TX_ID, id);
    stamp.put(TX_FORM_DIGEST, digest);
    stamped.add(Collections.unmodifiableMap(stamp));
    return stamped;
  }

  private static boolean namesTx(@Nullable Object form) {
    return switch (form) {
      case String text -> text.equals(TX);
      case Map<?, ?> map -> namesTx(map.keySet()) || namesTx(map.values());
      case Collection<?> forms -> forms.stream().anyMatch(PreparedEntry::namesTx);
      case null, default -> false;
    };
  }

  /// Chains all that was added to the digest of the base. On any thread, once nothing is added any
  /// more.
  EntryCodec.Encoded encode(DatabaseId database, UUID session, Digest previous, World world) {
    Bytes salts = world.randomBytes(records.size() * EntryCodec.SALT_SIZE_BYTES);
    return EntryCodec.encode(level, database, position(), session, previous, records, salts);
  }

  /// The index with this entry in it, built once.
  MemoryIndex index() {
    MemoryIndex index = built;
    if (index == null) {
      index = pending.build();
      built = index;
    }
    return index;
  }
}
