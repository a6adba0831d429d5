/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import page.bits.db.Connection;
import page.bits.db.Cursor;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.db.Held;
import page.bits.db.Index;
import page.bits.db.Outcome;
import page.bits.db.Session;
import page.bits.db.Tx;
import page.bits.db.TxReport;
import page.bits.db.TxReports;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;
import page.bits.testkit.workload.Workload;

/// A connection with one bug, around a real one: what it does not spoil is what the real one does.
final class BrokenConnection implements InvocationHandler {
  private static final int RARELY = 25;
  private static final String MARK = ":here/mark";

  private final Connection real;
  private final Bug bug;
  private final AtomicLong calls = new AtomicLong();
  private final Set<UUID> ids = ConcurrentHashMap.newKeySet();
  private final Db first;

  private BrokenConnection(Connection real, Bug bug) {
    this.real = real;
    this.bug = bug;
    this.first = real.db();
  }

  static Connection of(Connection real, Bug bug) {
    return proxy(Connection.class, new BrokenConnection(real, bug));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    return switch (method.getName()) {
      case "transactAsync" -> transact((Tx) arguments[0]);
      case "db" -> db();
      case "session" -> session(real.session());
      case "sync" -> bug == Bug.LOST_HINT_WITHOUT_POLL ? first : real.sync();
      case "outcome" ->
          bug == Bug.OUTCOME_FORGOTTEN ? new Outcome.Absent() : real.outcome((UUID) arguments[0]);
      case "txReports", "txReportsAfter" -> reports(opened(method, arguments), arguments);
      default -> call(real, method, arguments);
    };
  }

  private TxReports opened(Method method, Object[] arguments) throws Throwable {
    return (TxReports) Objects.requireNonNull(call(real, method, arguments));
  }

  private boolean isTime() {
    return calls.incrementAndGet() % RARELY == 0;
  }

  // --- values ---------------------------------------------------------------------------------

  private Db db() {
    Db now = real.db();
    return switch (bug) {
      case VIEW_GOES_BACK -> isTime() ? first : now;
      case ANSWERED_BEFORE_DB -> first;
      case REPORT_BEFORE_DB -> Thread.currentThread().getName().startsWith("feed-") ? first : now;
      case EPHEMERAL_IN_AS_OF -> withMethod(Db.class, now, "asOf", t -> asOf(now, (Long) t[0]));
      case EPHEMERAL_IN_HISTORY -> withMethod(Db.class, now, "history", _ -> now);
      case GHOST_ON_A_PEER -> withGhost(now);
      case AS_OF_IS_NOW -> withMethod(Db.class, now, "asOf", _ -> now);
      case MIXED_BASES -> withMethod(Db.class, first, "basisT", _ -> now.basisT());
      default -> now;
    };
  }

  /// The value as of t, with the ephemeral facts of now.
  private static Db asOf(Db now, long t) {
    Db then = now.asOf(t);
    return withMethod(
        Db.class,
        then,
        "datoms",
        range -> (isMarks(range) ? now : then).datoms(index(range), components(range)));
  }

  private @Nullable Db ghost;

  /// The first mark that was ever seen stays, whatever becomes of it.
  private synchronized Db withGhost(Db now) {
    Db then = ghost;
    if (then == null) {
      ghost = now.datoms(Index.AEVT, MARK).iterator().hasNext() ? now : null;
      return now;
    }
    return withMethod(
        Db.class,
        now,
        "datoms",
        range -> (isMarks(range) ? then : now).datoms(index(range), components(range)));
  }

  private static boolean isMarks(Object[] range) {
    return components(range)[0].equals(MARK);
  }

  private static Index index(Object[] range) {
    return (Index) range[0];
  }

  private static Object[] components(Object[] range) {
    return (Object[]) range[1];
  }

  private Session session(Session session) {
    return bug == Bug.HELD_AND_NOT_TOLD
        ? withMethod(Session.class, session, "hold", _ -> withoutEffect())
        : session;
  }

  private static Held withoutEffect() {
    return proxy(Held.class, (_, method, _) -> method.getName().equals("await") ? 1L : null);
  }

  // --- transactions ---------------------------------------------------------------------------

  private CompletableFuture<TxReport> transact(Tx tx) {
    if (tx.id().isPresent() && !ids.add(tx.id().get()) && bug == Bug.FORGOTTEN_ID) {
      return real.transactAsync(Tx.of(tx.forms()));
    }
    if (bug == Bug.SUBMISSIONS_TURNED_ROUND) {
      return turnedRound(tx);
    }
    if (!isTime()) {
      return real.transactAsync(tx);
    }
    return switch (bug) {
      case ACKNOWLEDGED_BEFORE_WRITTEN -> CompletableFuture.completedFuture(at(nextT()));
      case NO_DIGEST_COMPARISON -> CompletableFuture.completedFuture(at(real.db().basisT()));
      case APPENDED_AGAIN_ELSEWHERE ->
          tx.id().isPresent()
              ? real.transactAsync(tx)
              : real.transactAsync(tx).thenCompose(_ -> real.transactAsync(tx));
      case REFUSED_YET_COMMITTED ->
          real.transactAsync(tx)
              .thenCompose(_ -> CompletableFuture.failedFuture(casFailed(Long.MIN_VALUE)));
      case FAILED_YET_COMMITTED ->
          real.transactAsync(tx)
              .thenCompose(_ -> CompletableFuture.failedFuture(error(DbError.DEADLINE)));
      case FALSE_FORK -> CompletableFuture.failedFuture(error(DbError.LOG_FORKED));
      case REFUSED_ON_LOST_ENTRY, REFUSED_ON_LAGGING_VALUE -> refusedCas(tx);
      case NOT_JUDGED_AGAIN, TORN -> spoiltTransfer(tx);
      default -> real.transactAsync(tx);
    };
  }

  private long nextT() {
    return real.db().basisT() + 1;
  }

  private static TxReport at(long t) {
    return proxy(TxReport.class, (_, _, _) -> t);
  }

  private @Nullable Tx held;
  private final CompletableFuture<CompletableFuture<TxReport>> none = new CompletableFuture<>();
  private CompletableFuture<CompletableFuture<TxReport>> heldFuture = none;

  /// Of each two that wait at the same time, the second is submitted first.
  private synchronized CompletableFuture<TxReport> turnedRound(Tx tx) {
    Tx before = held;
    if (before == null) {
      held = tx;
      var future = new CompletableFuture<CompletableFuture<TxReport>>();
      heldFuture = future;
      Thread.ofVirtual().start(() -> release(tx, future));
      return future.thenCompose(answer -> answer);
    }
    held = null;
    CompletableFuture<TxReport> later = real.transactAsync(tx);
    heldFuture.complete(real.transactAsync(before));
    return later;
  }

  /// One that nobody came after goes by itself.
  private void release(Tx tx, CompletableFuture<CompletableFuture<TxReport>> future) {
    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
    synchronized (this) {
      if (tx.equals(held)) {
        held = null;
        future.complete(real.transactAsync(tx));
      }
    }
  }

  private static List<?> form(Tx tx) {
    return (List<?>) tx.forms().getFirst();
  }

  private CompletableFuture<TxReport> refusedCas(Tx tx) {
    List<?> form = form(tx);
    if (!form.getFirst().equals(":db/cas")) {
      calls.decrementAndGet(); // the next one, perhaps
      return real.transactAsync(tx);
    }
    long number = number(((List<?>) form.get(1)).get(1));
    long old = Workload.state(first, Thing.cell(Math.toIntExact(number)));
    return CompletableFuture.failedFuture(
        casFailed(bug == Bug.REFUSED_ON_LOST_ENTRY ? Long.MAX_VALUE : old));
  }

  /// A transfer with what its function said on an old value, or half of it.
  private CompletableFuture<TxReport> spoiltTransfer(Tx tx) {
    List<?> form = form(tx);
    if (form.size() != 4 || !form.getFirst().toString().equals("torture/transfer")) {
      calls.decrementAndGet();
      return real.transactAsync(tx);
    }
    Db db = bug == Bug.TORN ? real.db() : first;
    var account = List.of(":k/key", form.get(1));
    Object there = db.q("[:find ?b . :in $ ?e :where [?e :bank/balance ?b]]", account);
    long after = (there instanceof Long balance ? balance : 0) - (Long) form.get(3);
    Tx spoilt =
        Tx.of(
            List.of(
                List.of(":db/add", account, ":bank/balance", Math.max(0, after)),
                tx.forms().getLast()));
    return real.transactAsync(tx.id().map(spoilt::id).orElse(spoilt));
  }

  private static long number(Object key) {
    String text = key.toString();
    return Long.parseLong(text.substring(text.lastIndexOf('-') + 1));
  }

  private static BitsException casFailed(long found) {
    return new BitsException(
        DbError.CAS_FAILED, "The value is not the one expected", ErrorData.of("found", found));
  }

  private static BitsException error(DbError code) {
    return new BitsException(code, "A bug of a test", ErrorData.none());
  }

  // --- reports --------------------------------------------------------------------------------

  private TxReports reports(TxReports opened, Object[] arguments) {
    if (arguments == null || !(arguments[0] instanceof Cursor resumed)) {
      return switch (bug) {
        case REPORTS_REORDERED,
            REPORT_SKIPPED,
            REPORT_OF_ANOTHER_MOMENT,
            REPORT_WITHOUT_PRESENCE,
            REPORTS_END_EARLY ->
            proxy(TxReports.class, new BrokenReports(opened, bug));
        default -> opened;
      };
    }
    return switch (bug) {
      case GAP_AFTER_RECONNECT -> {
        opened.take();
        yield withMethod(TxReports.class, opened, "cursor", _ -> resumed);
      }
      case DUPLICATE_AFTER_RECONNECT -> {
        long before = real.log().tx(resumed.t()).orElseThrow().t() - 1;
        yield withMethod(TxReports.class, real.txReportsAfter(before), "cursor", _ -> resumed);
      }
      default -> opened;
    };
  }

  // --- proxies --------------------------------------------------------------------------------

  static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /// The same, with another answer of one method.
  static <T> T withMethod(
      Class<T> type, T target, String name, java.util.function.Function<Object[], Object> answer) {
    return proxy(
        type,
        (_, method, arguments) ->
            method.getName().equals(name)
                ? answer.apply(arguments)
                : call(target, method, arguments));
  }

  static @Nullable Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
