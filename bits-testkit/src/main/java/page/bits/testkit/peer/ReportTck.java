/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import page.bits.conformance.Row;
import page.bits.db.Connection;
import page.bits.db.Tx;
import page.bits.db.TxReport;
import page.bits.db.TxReports;
import page.bits.db.internal.peer.SharedPeer;
import page.bits.db.internal.peer.SystemWorld;
import page.bits.db.spi.BitsUri;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;
import page.bits.testkit.Await;
import page.bits.testkit.Seed;
import page.bits.testkit.storage.CatalogRecord;
import page.bits.testkit.storage.Faults;
import page.bits.testkit.storage.Faults.Hints;
import page.bits.testkit.storage.FaultyStorage;

/// The reports of a peer that hears badly, or whose storage is away for a while: every transaction
/// of the other peer once, in order, without a gap.
///
/// The two peers share nothing but what is stored, as in two processes.
public abstract class ReportTck {
  private static final int TRANSACTIONS = 60;
  private static final Duration AT_MOST = Duration.ofSeconds(60);

  private final String name = UUID.randomUUID().toString();
  private final BitsUri uri = BitsUri.parse("bits:mem:reports?db=" + name);
  private final List<AutoCloseable> opened = new ArrayList<>();
  private FaultyStorage writersStorage;
  private FaultyStorage readersStorage;
  private Connection writer;
  private Connection reader;

  protected ReportTck() {}

  /// Opens the storage under test once more: the same data each time within one test.
  protected abstract Storage open() throws Exception;

  @BeforeEach
  void connect() throws Exception {
    writersStorage = view(1);
    writer = connection(writersStorage);
    readersStorage = view(2);
    reader = connection(readersStorage);
  }

  private FaultyStorage view(long number) throws Exception {
    return kept(new FaultyStorage(open(), Seed.of("ReportTck") + number, Faults.none()));
  }

  private Connection connection(Storage storage) {
    return kept(SharedPeer.connectAlone(uri, storage, SystemWorld.INSTANCE));
  }

  private <T extends AutoCloseable> T kept(T made) {
    opened.addFirst(made);
    return made;
  }

  @AfterEach
  void close() throws Exception {
    writersStorage.silent(false);
    readersStorage.silent(false);
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  /// What becomes of the hints that a peer is told.
  enum Hearing {
    NONE(Hints.LOST),
    DOUBLE(new Hints(0, 1, 0)),
    DISORDERED(new Hints(0, 0, 0.6)),
    ALL_OF_IT(new Hints(0.3, 0.4, 0.4));

    private final Faults faults;

    Hearing(Hints hints) {
      this.faults = Faults.none().withHints(hints);
    }
  }

  @Row({"A-08", "RF-07"})
  @ParameterizedTest
  @EnumSource
  void reports_hintsLostRepeatedOrReordered_comeOnceAndInOrder(Hearing hearing) {
    readersStorage.faults(hearing.faults);
    try (TxReports reports = reader.txReports(writer.cursor())) {
      long before = writer.cursor().t();
      int count = 0;
      while (count < TRANSACTIONS || readersStorage.injected() < 10) {
        writer.transact("[]");
        count++;
      }
      assertNext(reports, before, count);
    }
  }

  /// A hint may also be wrong: of a position that is not there, or of a database that nobody has.
  @Test
  void reports_hintsOfWhatIsNot_comeOnceAndInOrder() throws Exception {
    Storage teller = kept(open());
    DatabaseId database = CatalogRecord.database(teller, name);
    try (TxReports reports = reader.txReports(writer.cursor())) {
      long before = writer.cursor().t();
      for (int i = 0; i < TRANSACTIONS; i++) {
        long t = writer.transact("[]").t();
        teller.hint(database, i % 2 == 0 ? t + 1_000_000 : 0);
        teller.hint(new DatabaseId(UUID.randomUUID()), i);
      }
      assertNext(reports, before, TRANSACTIONS);
    }
  }

  /// How a storage is away.
  enum Outage {
    REFUSING,
    SILENT
  }

  @Row({"A-08", "A-09", "RF-07"})
  @ParameterizedTest
  @EnumSource
  void reports_storageAwayFromTheReader_goOn(Outage outage) throws Exception {
    goesOn(
        () -> away(readersStorage, outage),
        () -> {
          writeAll();
          if (outage == Outage.REFUSING) { // a read that had begun is not silenced
            assertThat(reader.cursor()).isNotEqualTo(writer.cursor());
          }
          back(readersStorage);
        });
  }

  @Row({"A-08", "A-09", "RF-07", "T-72"})
  @ParameterizedTest
  @EnumSource
  void reports_storageAwayFromBoth_goOn(Outage outage) throws Exception {
    goesOn(
        () -> {
          away(readersStorage, outage);
          away(writersStorage, outage);
        },
        () -> {
          CompletableFuture<TxReport> waiting = writer.transactAsync(Tx.of("[]"));
          assertThat(waiting).isNotDone();
          back(writersStorage);
          back(readersStorage);
          assertThat(waiting.get(AT_MOST.toSeconds(), TimeUnit.SECONDS).t()).isPositive();
        });
  }

  /// Hints do not come either: with one a storage may bring the entry itself.
  private static void away(FaultyStorage storage, Outage outage) {
    Faults unheard = Faults.none().withHints(Hints.LOST);
    switch (outage) {
      case REFUSING -> {
        storage.faults(unheard.withAppendLost(1).withReadUnavailable(1).withWriteUnavailable(1));
        long before = storage.injected();
        Await.until("looks that fail", () -> storage.injected() > before + 1);
      }
      case SILENT -> {
        storage.faults(unheard);
        storage.silent(true);
      }
    }
  }

  private static void back(FaultyStorage storage) {
    storage.faults(Faults.none());
    storage.silent(false);
  }

  /// One step of an outage.
  @FunctionalInterface
  protected interface Step {
    void run() throws Exception;
  }

  /// A subscriber waits on the other peer while the storage goes away and comes back, and is given
  /// every transaction once: of before, of meanwhile, and of after.
  protected final void goesOn(Step away, Step back) throws Exception {
    try (TxReports reports = reader.txReports(writer.cursor())) {
      long before = writer.cursor().t();
      CompletableFuture<TxReport> waiting = CompletableFuture.supplyAsync(reports::take);
      away.run();
      back.run();
      writeAll();
      TxReport first = waiting.get(AT_MOST.toSeconds(), TimeUnit.SECONDS);
      assertThat(first.prevT()).isEqualTo(before);
      long last = first.t();
      while (last < writer.cursor().t()) {
        last = next(reports, last);
      }
      assertEnd(reports, last);
    }
  }

  private void writeAll() {
    for (int i = 0; i < TRANSACTIONS; i++) {
      writer.transact("[]");
    }
  }

  private void assertNext(TxReports reports, long before, int count) {
    long last = before;
    for (int i = 0; i < count; i++) {
      last = next(reports, last);
    }
    assertEnd(reports, last);
  }

  /// The t of the next report, which follows on that t.
  private static long next(TxReports reports, long last) {
    Optional<TxReport> report = reports.poll(AT_MOST);
    assertThat(report).hasValueSatisfying(next -> assertThat(next.prevT()).isEqualTo(last));
    return report.orElseThrow().t();
  }

  private void assertEnd(TxReports reports, long last) {
    assertThat(last).isEqualTo(writer.cursor().t());
    assertThat(reader.sync().basisT()).isEqualTo(last);
    assertThat(reader.cursor()).isEqualTo(writer.cursor());
    assertThat(reports.poll(Duration.ZERO)).isEmpty();
  }
}
