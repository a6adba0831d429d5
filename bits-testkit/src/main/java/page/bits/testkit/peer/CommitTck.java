/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Cursor;
import page.bits.db.DbError;
import page.bits.db.Outcome;
import page.bits.db.Tx;
import page.bits.db.TxReport;
import page.bits.db.TxReports;
import page.bits.error.BitsException;
import page.bits.error.ErrorCode;
import page.bits.testkit.Await;

/// The order of db, future and reports; outcomes after restarts and on other nodes; limits of one
/// transaction; a database that is deleted elsewhere. Two peers on one database stand for two
/// nodes.
public abstract class CommitTck {
  private static final String SCHEMA =
      """
      [{:db/ident :item/key :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :item/text :db/valueType :db.type/string :db/cardinality :db.cardinality/one}]""";

  private String uri = "";
  private Connection connection = Bits.connect("bits:mem:unused");

  /// The URI of a database that does not exist yet and is made by connecting.
  protected abstract String freshUri() throws Exception;

  /// Another URI of the same database, under which connecting makes a peer of its own.
  protected abstract String elsewhere(String uri);

  @BeforeEach
  void connect() throws Exception {
    connection.close();
    uri = freshUri();
    connection = Bits.connect(uri);
    connection.ensureSchema(SCHEMA);
  }

  @AfterEach
  void disconnect() {
    connection.close();
  }

  @Row({"A-03", "C-02", "RF-07"})
  @Test
  void report_ofAnOwnTransaction_comesAfterItsFutureIsDone() {
    var futures = new ConcurrentHashMap<UUID, CompletableFuture<TxReport>>();
    try (TxReports reports = connection.txReports()) {
      Thread.ofPlatform()
          .start(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  UUID id = UUID.randomUUID();
                  futures.put(id, connection.transactAsync(item("k" + i).id(id)));
                }
              });
      for (int i = 0; i < 1000; i++) {
        TxReport report = reports.take();
        // The submitter may not have noted its future yet; most often it has.
        Await.until("submitted", () -> futures.containsKey(report.submissionId()));
        assertThat(futures.get(report.submissionId()))
            .isDone()
            .isCompletedWithValueMatching(own -> own.t() == report.t());
        assertThat(connection.db().basisT()).isGreaterThanOrEqualTo(report.t());
      }
    }
  }

  @Row("T-73")
  @Test
  void transactAsync_dependentsThatNeverReturn_stopNothingAndRunElsewhere() throws Exception {
    var release = new CountDownLatch(1);
    var threads = ConcurrentHashMap.<String>newKeySet();
    var started = new CountDownLatch(3);
    Runnable hang =
        () -> {
          threads.add(Thread.currentThread().getName());
          started.countDown();
          awaitQuietly(release);
        };
    // On threads of their own: what is added to a future that is done runs where it is added.
    CompletableFuture<TxReport> one = connection.transactAsync(item("a"));
    CompletableFuture<TxReport> two = connection.transactAsync(item("b"));
    CompletableFuture<TxReport> three = connection.transactAsync(item("c"));
    elsewhere(() -> one.thenRun(hang));
    elsewhere(() -> CompletableFuture.allOf(two).thenRun(hang));
    elsewhere(() -> new CompletableFuture<TxReport>().applyToEither(three, r -> r).thenRun(hang));
    assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 10; i++) {
      connection.transact(item("after" + i));
    }
    for (CompletableFuture<TxReport> each : List.of(one, two, three)) {
      assertThat(each.get(20, TimeUnit.SECONDS).t()).isPositive();
    }
    assertThat(threads).noneMatch(name -> name.startsWith("bits-"));
    release.countDown();
  }

  private static void elsewhere(Supplier<CompletableFuture<Void>> adding) {
    Thread.ofVirtual()
        .start(
            () -> {
              var _ = adding.get();
            });
  }

  @Test
  void transactAsync_futureThatItsCallerAnswers_commitsNevertheless() {
    CompletableFuture<TxReport> future = connection.transactAsync(item("cancelled"));
    future.cancel(true);
    assertThat(future).isDone();
    connection.transact(item("after"));
    assertThat(connection.db().entid(List.of(":item/key", "cancelled"))).isPresent();
  }

  @Test
  void outcome_withoutAnIdOfTheCallers_isKnownAfterARestartAndElsewhere() {
    var ids = new ArrayList<UUID>();
    for (int i = 0; i < 40; i++) {
      ids.add(connection.transactAsync(item("k" + i)).join().submissionId());
    }
    UUID refused = UUID.randomUUID();
    String cas = "[[:db/cas [:item/key \"k1\"] :item/text \"no\" \"x\"]]";
    assertCode(DbError.CAS_FAILED, () -> connection.transact(Tx.of(cas).id(refused)));
    assertThat(connection.outcome(refused)).isInstanceOf(Outcome.Refused.class);
    for (int i = 0; i < 300; i++) {
      connection.transactAsync(item("later" + i)).join();
    }
    connection.close();
    connection = Bits.connect(uri);
    assertOutcomes(connection, ids);
    assertThat(connection.outcome(refused)).isInstanceOf(Outcome.Absent.class);
    try (Connection other = Bits.connect(elsewhere(uri))) {
      assertOutcomes(other, ids);
    }
  }

  private static void assertOutcomes(Connection at, List<UUID> ids) {
    long t = 0;
    for (UUID id : ids) {
      if (!(at.outcome(id) instanceof Outcome.Committed committed)) {
        throw new AssertionError("not found: " + id);
      }
      assertThat(committed.report().submissionId()).isEqualTo(id);
      assertThat(committed.report().t()).isGreaterThan(t);
      t = committed.report().t();
      UUID never = new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() ^ 1);
      assertThat(at.outcome(never)).isInstanceOf(Outcome.Absent.class);
    }
    assertThat(at.outcome(UUID.randomUUID())).isInstanceOf(Outcome.Absent.class);
  }

  @Test
  void transact_sameIdAfterARestartAndElsewhere_givesTheFirstTransaction() {
    UUID id = UUID.randomUUID();
    Tx tx = Tx.of("[{:db/id \"one\" :item/key \"k\" :item/text \"first\"}]").id(id);
    Tx otherForms = Tx.of("[{:db/id \"one\" :item/key \"k\" :item/text \"other\"}]").id(id);
    TxReport first = connection.transact(tx);
    assertThat(first.tempids()).containsOnlyKeys("one");
    TxReport last = connection.transact("[{:item/key \"k\" :item/text \"later\"}]");
    connection.close();
    connection = Bits.connect(uri);
    try (Connection other = Bits.connect(elsewhere(uri))) {
      for (Connection each : List.of(connection, other)) {
        TxReport again = each.transact(tx);
        assertThat(again.cursor()).isEqualTo(first.cursor());
        assertThat(again.submissionId()).isEqualTo(id);
        assertThat(again.txData()).isEqualTo(first.txData());
        assertThat(again.tempids()).isEqualTo(first.tempids());
        assertCode(DbError.TX_ID_REUSED, () -> each.transact(otherForms));
        assertThat(each.sync().basisT()).isEqualTo(last.t());
      }
    }
  }

  @Test
  void txReports_cursorTakenHere_isResumedElsewhere() {
    Cursor stored;
    var rest = new ArrayList<Cursor>();
    try (TxReports reports = connection.txReports()) {
      for (int i = 0; i < 20; i++) {
        TxReport report = connection.transact(item("k" + i));
        if (i >= 10) {
          rest.add(report.cursor());
        }
      }
      for (int i = 0; i < 10; i++) {
        assertThat(reports.take().t()).isPositive();
      }
      stored = reports.cursor();
    }
    try (Connection other = Bits.connect(elsewhere(uri));
        TxReports resumed = other.txReports(stored)) {
      rest.add(other.transact(item("there")).cursor());
      rest.add(connection.transact(item("here")).cursor());
      var seen = new ArrayList<Cursor>();
      for (int i = 0; i < rest.size(); i++) {
        seen.add(resumed.take().cursor());
      }
      assertThat(seen).isEqualTo(rest);
    }
  }

  @Test
  void outcome_ofWhatIsCommittedElsewhere_seesTheHead() {
    try (Connection other = Bits.connect(elsewhere(uri))) {
      for (int i = 0; i < 20; i++) {
        UUID id = other.transact(item("k" + i).deadline(Duration.ofSeconds(20))).submissionId();
        assertThat(connection.outcome(id)).isInstanceOf(Outcome.Committed.class);
      }
    }
  }

  @Row({"C-03", "H-09", "RF-08"})
  @Test
  void sync_afterACommitElsewhere_seesIt() {
    try (Connection other = Bits.connect(elsewhere(uri))) {
      for (int i = 0; i < 20; i++) {
        String key = "k" + i;
        other.transact(item(key));
        assertThat(connection.sync().entid(List.of(":item/key", key))).isPresent();
        long t = other.transact(item("next" + key)).t();
        assertThat(connection.sync(t).entid(List.of(":item/key", "next" + key))).isPresent();
      }
    }
  }

  @Row({"H-09", "H-10", "H-12"})
  @Test
  void syncAsync_afterACommitElsewhere_seesItWithoutWaiting() {
    try (Connection other = Bits.connect(elsewhere(uri))) {
      for (int i = 0; i < 20; i++) {
        String key = "k" + i;
        other.transact(item(key));
        assertThat(connection.syncAsync().join().entid(List.of(":item/key", key))).isPresent();
        long t = other.transact(item("next" + key)).t();
        CompletableFuture<Boolean> isThere =
            connection
                .syncAsync(t)
                .thenApply(db -> db.entid(List.of(":item/key", "next" + key)).isPresent());
        assertThat(isThere.join()).isTrue();
      }
    }
    long head = connection.db().basisT();
    assertThat(connection.syncAsync(head).join().basisT()).isEqualTo(head);
    assertThat(connection.syncAsync(head + 1).handle((_, failure) -> failure).join())
        .isInstanceOfSatisfying(
            BitsException.class, e -> assertThat(e.is(DbError.BEYOND_HEAD)).isTrue());
  }

  @Row({"T-76", "RB-10"})
  @Test
  void transact_beyondTheBytesOfATransaction_isRefused() {
    String text = "x".repeat(1 << 20);
    var forms = new ArrayList<Map<String, String>>();
    for (int i = 0; i < 64; i++) {
      forms.add(Map.of(":item/key", "k" + i, ":item/text", text));
    }
    BitsException refusal = failure(() -> connection.transact(forms));
    assertThat(refusal.is(DbError.TOO_LARGE)).isTrue();
    assertThat(refusal.data()).containsEntry("bytes-max", 64L << 20);
    assertThat(connection.transact(item("after")).dbAfter().entid(List.of(":item/key", "k1")))
        .isEmpty();
  }

  @Row({"T-76", "RB-10"})
  @Test
  void transact_manyTimesTheSizeOfAnEntry_isReadAgainAndElsewhere() {
    String text = "x".repeat(1 << 20);
    var forms = new ArrayList<Map<String, String>>();
    for (int i = 0; i < 5; i++) {
      forms.add(Map.of(":item/key", "k" + i, ":item/text", text + i));
    }
    TxReport large = connection.transact(Tx.of(forms).deadline(Duration.ofMinutes(1)));
    TxReport after = connection.transact(item("after"));
    connection.close();
    connection = Bits.connect(uri);
    try (TxReports reports = connection.txReportsAfter(large.prevT())) {
      TxReport again = reports.take();
      assertThat(again.cursor()).isEqualTo(large.cursor());
      assertThat(again.txData()).isEqualTo(large.txData());
      assertThat(reports.take().cursor()).isEqualTo(after.cursor());
    }
    try (Connection other = Bits.connect(elsewhere(uri))) {
      assertThat(other.db().pull("[:item/text]", List.of(":item/key", "k4")).string(":item/text"))
          .contains(text + 4);
      assertOutcomes(other, List.of(large.submissionId(), after.submissionId()));
      TxReport elsewhere = other.transact(Tx.of(changed(forms)).deadline(Duration.ofMinutes(1)));
      assertThat(connection.sync(elsewhere.t()).entid(List.of(":item/key", "k4"))).isPresent();
      assertOutcomes(connection, List.of(large.submissionId(), elsewhere.submissionId()));
    }
  }

  private static List<Map<String, String>> changed(List<Map<String, String>> forms) {
    return forms.stream()
        .map(form -> Map.of(":item/key", form.get(":item/key"), ":item/text", "y".repeat(1 << 18)))
        .toList();
  }

  @Test
  void connect_toRead_followsAndCommitsNothing() {
    assertCode(DbError.INVALID_URI, () -> Bits.connect(with(uri, "mode=mine")));
    try (Connection reader =
            Bits.connect(with(elsewhere(uri).replace("&create=true", ""), "mode=read"));
        TxReports reports = reader.txReports()) {
      reader.ensureSchema(SCHEMA); // nothing of it is missing
      assertCode(
          DbError.READ_ONLY,
          () ->
              reader.ensureSchema(
                  "[{:db/ident :item/more :db/valueType :db.type/long"
                      + " :db/cardinality :db.cardinality/one}]"));
      assertCode(DbError.READ_ONLY, () -> reader.transact(item("no")));
      assertCode(DbError.READ_ONLY, () -> reader.transactAsync(item("no")).join());
      TxReport report = connection.transact(item("yes"));
      assertThat(reports.take().cursor()).isEqualTo(report.cursor());
      assertThat(reader.sync().entid(List.of(":item/key", "no"))).isEmpty();
      assertThat(reader.outcome(report.submissionId())).isInstanceOf(Outcome.Committed.class);
    }
    String missing = uri.replace("&create=true", "") + "x";
    BitsException notThere = failure(() -> Bits.connect(with(missing, "mode=read")));
    assertThat(notThere.code()).isIn(DbError.DB_NOT_FOUND.code(), DbError.STORAGE_NOT_FOUND.code());
  }

  private static String with(String uri, String parameter) {
    return uri + (uri.contains("?") ? "&" : "?") + parameter;
  }

  @Test
  void transact_severalWritersAtOnce_eachIsServedAndNothingIsLost() throws Exception {
    try (Connection other = Bits.connect(elsewhere(uri))) {
      var writers = new ArrayList<CompletableFuture<List<Long>>>();
      for (Connection each : List.of(connection, other)) {
        writers.add(CompletableFuture.supplyAsync(() -> write(each, 150)));
      }
      var all = new ArrayList<Long>();
      for (CompletableFuture<List<Long>> writer : writers) {
        all.addAll(writer.get());
      }
      assertThat(all).doesNotHaveDuplicates().hasSize(300);
      assertThat(connection.sync().q("[:find (count ?e) . :where [?e :item/key]]")).isEqualTo(300L);
      assertThat(other.status().turn()).containsKeys("holder", "number", "waiting");
      assertThat(other.status().turn().get("number")).isNotEqualTo("0");
    }
  }

  private static List<Long> write(Connection at, int count) {
    var committed = new ArrayList<Long>();
    for (int i = 0; i < count; i++) {
      Tx tx = Tx.of(List.of(Map.of(":item/text", "x", ":item/key", UUID.randomUUID().toString())));
      committed.add(at.transact(tx.deadline(Duration.ofMinutes(2))).t());
    }
    return committed;
  }

  @Row("A-10")
  @Test
  void delete_elsewhere_stopsEveryPeerOfTheDatabase() {
    try (Connection other = Bits.connect(elsewhere(uri));
        TxReports reports = other.txReports()) {
      other.transact(item("before"));
      assertThat(reports.take().t()).isPositive();
      assertThat(Bits.delete(uri)).isTrue();
      assertCode(DbError.DB_NOT_FOUND, reports::take);
      assertCode(DbError.DB_NOT_FOUND, () -> other.transact(item("after")));
      assertThat(other.db().entid(List.of(":item/key", "before"))).isPresent();
    }
  }

  private static Tx item(String key) {
    return Tx.of(List.of(Map.of(":item/key", key)));
  }

  private static BitsException failure(Runnable call) {
    try {
      call.run();
    } catch (BitsException e) {
      return e;
    }
    throw new AssertionError("did not fail");
  }

  private static void assertCode(ErrorCode code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            BitsException.class, e -> assertThat(e.code()).isEqualTo(code.code()));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
