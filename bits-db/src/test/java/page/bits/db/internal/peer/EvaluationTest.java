/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.db.Functions;
import page.bits.db.Index;
import page.bits.db.Outcome;
import page.bits.db.Tx;
import page.bits.db.TxReport;
import page.bits.db.internal.memory.MemoryStorage;
import page.bits.db.spi.BitsUri;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;
import page.bits.error.BitsException;

/// Evaluation has a deadline and, where it calls functions, a thread that is given up at it.
class EvaluationTest {
  private static final String SCHEMA =
      "[{:db/ident :item/key :db/valueType :db.type/string :db/cardinality :db.cardinality/one"
          + " :db/unique :db.unique/identity}]";
  private static final Duration LONG = Duration.ofHours(1);

  /// What the registered functions of this test do, by the name that they are given.
  private static final Map<String, Work> WORK = new java.util.concurrent.ConcurrentHashMap<>();

  @FunctionalInterface
  private interface Work {
    List<?> on(Db db) throws InterruptedException;
  }

  static {
    Functions.registerTx(
        "evaluation-test/work",
        (db, arguments) -> {
          try {
            return WORK.getOrDefault(String.valueOf(arguments.getFirst()), _ -> List.of()).on(db);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private final TestWorld world = new TestWorld();
  private final Storage memory =
      MemoryStorage.named("evaluation " + UUID.randomUUID(), Instant::now);
  private final GatedStorage gated = new GatedStorage(memory);
  private final DatabaseId database = new Catalog(memory, SystemWorld.INSTANCE).create("main").id();
  private final PeerConnection connection = connect(gated.storage());
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  private PeerConnection connect(Storage storage) {
    Peer peer =
        Peer.open(
            database, storage, world, Deadlines.SYSTEM, new Processes(storage, world), () -> {});
    var connection = new PeerConnection(BitsUri.parse("bits:mem:evaluation"), peer, peer::close);
    connection.ensureSchema(SCHEMA);
    return connection;
  }

  @AfterEach
  void close() {
    gated.release();
    release.countDown();
    connection.close();
  }

  @Test
  void evaluate_functionThatReadsForEver_isRefusedAndCutOff() throws Exception {
    var cutOff = new CountDownLatch(1);
    CompletableFuture<TxReport> future =
        submit(
            db -> {
              begun.countDown();
              try {
                while (true) {
                  for (Datom _ : db.datoms(Index.EAVT)) {
                    Thread.onSpinWait();
                  }
                }
              } finally {
                cutOff.countDown();
              }
            });
    begun.await();
    assertThat(timeOut(future).is(DbError.EVALUATION_TIMEOUT)).isTrue();
    cutOff.await(); // not the thread's end: it is kept for the next function for a while
    assertCommits("after");
  }

  @Test
  void evaluate_functionThatReadsNothingForEver_isRefusedAndOthersCommit() throws Exception {
    CompletableFuture<TxReport> future = submit(this::waitForRelease);
    begun.await();
    UUID id = UUID.randomUUID();
    CompletableFuture<TxReport> behind = connection.transactAsync(item("behind").id(id));
    BitsException refusal = timeOut(future);
    assertThat(refusal.is(DbError.EVALUATION_TIMEOUT)).isTrue();
    assertThat(connection.outcome(submission(refusal))).isInstanceOf(Outcome.Refused.class);
    assertThat(behind.get().submissionId()).isEqualTo(id);
    assertCommits("after");
  }

  @Test
  void evaluate_moreFunctionsThatHangThanMayHang_refusesFurtherOnesOnly() {
    for (int i = 0; i < 8; i++) {
      var started = new CountDownLatch(1);
      CompletableFuture<TxReport> future =
          submit(
              _ -> {
                started.countDown();
                awaitUninterruptibly(release);
                return List.of();
              });
      awaitUninterruptibly(started);
      assertThat(timeOut(future).is(DbError.EVALUATION_TIMEOUT)).isTrue();
    }
    assertThat(failure(submit(_ -> List.of())).is(DbError.BUSY)).isTrue();
    assertCommits("after");
  }

  @Row({"T-76", "RB-10"})
  @Test
  void evaluate_giantTransaction_endsAtTheDeadline() {
    var forms = new ArrayList<Map<String, String>>();
    for (int i = 0; i < 100_000; i++) {
      forms.add(Map.of(":item/key", "key " + i));
    }
    world.everyLookTakes(Duration.ofMillis(10));
    CompletableFuture<TxReport> future =
        connection.transactAsync(Tx.of(forms).deadline(Duration.ofDays(1)));
    assertThat(failure(future).is(DbError.EVALUATION_TIMEOUT)).isTrue();
    world.everyLookTakes(Duration.ZERO);
    assertCommits("after");
    assertThat(connection.db().entid(List.of(":item/key", "key 1"))).isEmpty();
  }

  @Test
  void submit_beyondTheQueue_isBusy() throws Exception {
    CompletableFuture<TxReport> first = submit(this::waitForRelease);
    begun.await();
    for (int i = 0; i < SubmissionQueue.SIZE_MAX; i++) {
      var _ = connection.transactAsync(item("k" + i).deadline(LONG));
    }
    assertThat(failure(connection.transactAsync(item("over"))).is(DbError.BUSY)).isTrue();
    release.countDown();
    assertThat(first.get().t()).isPositive();
    assertCommits("after");
    assertThat(connection.db().entid(List.of(":item/key", "over"))).isEmpty();
  }

  @Test
  void transact_beyondTheDatoms_isRefused() {
    String many =
        "[{:db/ident :item/n :db/valueType :db.type/long :db/cardinality :db.cardinality/many}]";
    connection.transact(many);
    List<Long> values = LongStream.rangeClosed(1, 1_000_000).boxed().toList();
    Tx tx = Tx.of(List.of(Map.of(":item/n", values))).deadline(LONG);
    BitsException refusal = failure(connection.transactAsync(tx)); // its transaction has one more
    assertThat(refusal.is(DbError.TOO_LARGE)).isTrue();
    assertThat(refusal.data()).containsEntry("datoms-max", 1_000_000L);
  }

  @Test
  void evaluate_beyondTheCallersDeadline_neverCommits() throws Exception {
    String key = work(this::waitForRelease);
    CompletableFuture<TxReport> future =
        connection.transactAsync(
            Tx.of(List.of(call(key), Map.of(":item/key", "late"))).deadline(Duration.ofSeconds(2)));
    begun.await();
    world.advance(Duration.ofSeconds(3));
    BitsException late = failure(future);
    assertThat(late.is(DbError.DEADLINE)).isTrue();
    assertThat(connection.outcome(submission(late))).isNotInstanceOf(Outcome.Committed.class);
    assertCommits("after");
    assertThat(connection.db().entid(List.of(":item/key", "late"))).isEmpty();
  }

  @Test
  void evaluate_whileAnAppendIsInFlight_keepsItsCallersNotWaiting() throws Exception {
    CountDownLatch appending = gated.hold();
    var function = new CompletableFuture<CompletableFuture<TxReport>>();
    CompletableFuture<TxReport> first = connection.transactAsync(item("first"));
    CompletableFuture<TxReport> second = connection.transactAsync(item("second"));
    function.complete(submit(this::waitForRelease));
    appending.await();
    gated.release();
    assertThat(first.get(20, TimeUnit.SECONDS).t()).isPositive();
    assertThat(second.get(20, TimeUnit.SECONDS).t()).isPositive();
    begun.await();
    assertThat(function.get()).isNotDone();
    release.countDown();
    assertThat(function.get().get().prevT()).isEqualTo(second.get().t());
  }

  @Test
  void evaluate_onAnEntryThatIsLost_beginsAgainOnTheWinner() throws Exception {
    try (PeerConnection other = connect(memory)) {
      CountDownLatch appending = gated.hold();
      var calls = new AtomicInteger();
      CompletableFuture<TxReport> first = connection.transactAsync(item("first"));
      appending.await();
      CompletableFuture<TxReport> second =
          submit(
              db -> {
                calls.incrementAndGet();
                if (db.entid(List.of(":item/key", "winner")).isEmpty()) {
                  return waitForRelease(db);
                }
                return List.of();
              });
      TxReport winner = other.transact(item("winner"));
      gated.release();
      assertThat(first.get().prevT()).isEqualTo(winner.t());
      assertThat(second.get().prevT()).isEqualTo(first.get().t());
      assertThat(calls.get()).isBetween(1, 2);
    }
  }

  @Test
  void close_whileAFunctionHangs_endsItsCaller() throws Exception {
    CompletableFuture<TxReport> future = submit(this::waitForRelease);
    begun.await();
    connection.close();
    assertThat(failure(future).is(DbError.CLOSED)).isTrue();
  }

  @Test
  void evaluate_function_doesNotSeeTheInterruptOfAnother() throws Exception {
    CompletableFuture<TxReport> future = submit(this::waitForRelease);
    begun.await();
    assertThat(timeOut(future).is(DbError.EVALUATION_TIMEOUT)).isTrue();
    var isInterrupted = new CompletableFuture<Boolean>();
    submit(
            _ -> {
              isInterrupted.complete(Thread.currentThread().isInterrupted());
              return List.of();
            })
        .get();
    assertThat(isInterrupted.get()).isFalse();
  }

  @Test
  void evaluate_whileTheProcessStoodStill_goesOn() throws Exception {
    CompletableFuture<TxReport> future = submit(this::waitForRelease);
    begun.await();
    world.advance(Evaluations.LIMIT.multipliedBy(3)); // nobody looked meanwhile
    world.awaitLook("bits-commit");
    assertThat(future).isNotDone();
    release.countDown();
    assertThat(future.get().t()).isPositive();
  }

  /// Lets time pass while the committing thread watches, until that is enough.
  private BitsException timeOut(CompletableFuture<TxReport> future) {
    world.passFor("bits-commit", future::isDone);
    return failure(future);
  }

  private List<?> waitForRelease(Db db) {
    begun.countDown();
    awaitUninterruptibly(release);
    return List.of();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException _) {
        // it is told to end and does not
      }
    }
  }

  private CompletableFuture<TxReport> submit(Work work) {
    return connection.transactAsync(Tx.of(List.of(call(work(work)))).deadline(LONG));
  }

  private static String work(Work work) {
    String key = UUID.randomUUID().toString();
    WORK.put(key, work);
    return key;
  }

  private static List<Object> call(String key) {
    return List.of(":evaluation-test/work", key);
  }

  private static Tx item(String key) {
    return Tx.of(List.of(Map.of(":item/key", key))).deadline(LONG);
  }

  private void assertCommits(String key) {
    assertThat(connection.transact(item(key)).dbAfter().entid(List.of(":item/key", key)))
        .isPresent();
  }

  private static UUID submission(BitsException reason) {
    if (reason.data().get("submission") instanceof UUID id) {
      return id;
    }
    throw new AssertionError("no submission in " + reason);
  }

  private static BitsException failure(CompletableFuture<TxReport> future) {
    try {
      throw new AssertionError("did not fail: " + future.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BitsException reason) {
        return reason;
      }
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
