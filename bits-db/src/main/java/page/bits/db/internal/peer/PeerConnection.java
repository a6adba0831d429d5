/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import page.bits.db.Connection;
import page.bits.db.Cursor;
import page.bits.db.Db;
import page.bits.db.Log;
import page.bits.db.Outcome;
import page.bits.db.PeerStatus;
import page.bits.db.Session;
import page.bits.db.Status;
import page.bits.db.Tx;
import page.bits.db.TxReport;
import page.bits.db.TxReports;
import page.bits.db.internal.index.Counters;
import page.bits.db.internal.index.IndexView;
import page.bits.db.internal.index.MemoryIndex;
import page.bits.db.internal.index.Recording;
import page.bits.db.internal.log.Entry;
import page.bits.db.internal.log.LogErrors;
import page.bits.db.internal.tx.SchemaPlan;
import page.bits.db.internal.tx.TxContext;
import page.bits.db.internal.value.DbValue;
import page.bits.db.internal.value.IndexMoments;
import page.bits.db.spi.BitsUri;
import page.bits.edn.Edn;
import page.bits.error.BitsException;
import page.bits.error.ErrorCategory;

/// One user's hold on a peer. Thread-safe; closing it ends its own subscriptions and waits.
public final class PeerConnection implements Connection {
  private final BitsUri uri;
  private final Peer peer;
  private final Runnable release;
  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
  private final Set<Submission> waiting = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final PeerSession session;

  PeerConnection(BitsUri uri, Peer peer, Runnable release) {
    this.uri = uri;
    this.peer = peer;
    this.release = release;
    this.session = new PeerSession(peer.ephemera(), this::checkMayWrite);
  }

  private void checkOpen() {
    if (isClosed.get()) {
      throw PeerErrors.closed("connection");
    }
  }

  private void checkMayWrite() {
    checkOpen();
    if (uri.isReadOnly()) {
      throw PeerErrors.readOnly(uri.toString());
    }
  }

  @Override
  public Db db() {
    if (Recording.isActive()) {
      throw PeerErrors.unrecordedRead();
    }
    return DbValue.now(peer.head().index());
  }

  @Override
  public Db sync() {
    checkOpen();
    reach(peer.log().headPosition());
    return db();
  }

  @Override
  public Db sync(long t) {
    checkOpen();
    if (peer.head().t() < t) {
      reach(peer.log().headPosition());
    }
    Head head = peer.head();
    if (head.t() < t) {
      throw LogErrors.beyondHead(t, head.t());
    }
    return DbValue.now(head.index());
  }

  @Override
  public CompletableFuture<Db> syncAsync() {
    checkOpen();
    return elsewhere(this::sync);
  }

  @Override
  public CompletableFuture<Db> syncAsync(long t) {
    checkOpen();
    return elsewhere(() -> sync(t));
  }

  private CompletableFuture<Db> elsewhere(Supplier<Db> waiting) {
    var future = new CompletableFuture<Db>();
    peer.world()
        .start(
            () -> {
              try {
                future.complete(waiting.get());
              } catch (BitsException reason) {
                future.completeExceptionally(reason);
              }
            });
    return future;
  }

  /// Waits until the position is applied here.
  private void reach(long position) {
    peer.reach(position, isClosed::get);
    checkOpen();
  }

  @Override
  public TxReport transact(String edn) {
    return transact(Tx.of(edn));
  }

  @Override
  public TxReport transact(List<?> forms) {
    return transact(Tx.of(forms));
  }

  @Override
  public TxReport transact(Tx tx) {
    checkMayWrite();
    var submission = Submission.waiting(tx, submissionId(tx), peer.world().nanos());
    waiting.add(submission);
    try {
      checkOpen(); // who closes from here on finds it
      return peer.commit(submission);
    } finally {
      waiting.remove(submission);
    }
  }

  @Override
  public CompletableFuture<TxReport> transactAsync(Tx tx) {
    checkMayWrite();
    var future = new CommitFuture(peer.world());
    var submission = Submission.asynchronous(tx, submissionId(tx), peer.world().nanos(), future);
    peer.submit(submission);
    peer.deadlines().watch(submission, peer.world());
    return future;
  }

  @Override
  public Session session() {
    checkMayWrite();
    return session;
  }

  private UUID submissionId(Tx tx) {
    return tx.id().orElseGet(peer::newSubmissionId);
  }

  @Override
  public Outcome outcome(UUID submissionId) {
    checkOpen();
    Outcome outcome = peer.outcomeOf(submissionId, isClosed::get);
    checkOpen();
    return outcome;
  }

  @Override
  public void ensureSchema(String edn) {
    checkOpen();
    if (!(Edn.read(edn) instanceof List<?> forms)) {
      throw PeerErrors.schemaNotAList();
    }
    List<?> missing = missing(forms);
    if (!missing.isEmpty()) {
      sync();
      missing = missing(forms);
    }
    if (!missing.isEmpty()) {
      transact(missing);
    }
  }

  private List<?> missing(List<?> forms) {
    MemoryIndex index = peer.head().index();
    Counters counters = index.counters();
    return SchemaPlan.missing(
        new TxContext(
            IndexView.now(index),
            counters.nextEntity(),
            counters.nextElement(),
            counters.txInstant(),
            counters.txInstant(),
            new IndexMoments(() -> index)),
        forms);
  }

  @Override
  public TxReports txReports() {
    checkOpen();
    Head head = peer.head();
    return subscribe(head.position() + 1, 0, head.digest(), head.cursor());
  }

  @Override
  public TxReports txReports(Cursor after) {
    checkOpen();
    if (after.equals(peer.head().cursor())) {
      return txReports();
    }
    Entry entry = holding(after.t()).orElseThrow(() -> LogErrors.unknownCursor(after.toString()));
    if (entry.records().isEmpty()) {
      if (!entry.cursor().equals(after)) {
        throw LogErrors.unknownCursor(after.toString());
      }
      return subscribe(1, 0, entry.digest(), after);
    }
    for (int i = 0; i < entry.records().size(); i++) {
      if (entry.cursor(i).equals(after)) {
        return subscribe(entry.position(), i + 1, entry.previous(), after);
      }
    }
    throw LogErrors.unknownCursor(after.toString());
  }

  @Override
  public TxReports txReportsAfter(long t) {
    checkOpen();
    Entry entry = holding(t).orElseThrow(() -> LogErrors.beyondHead(t, peer.head().t()));
    if (entry.records().isEmpty()) {
      return subscribe(1, 0, entry.digest(), entry.cursor());
    }
    int first = 0;
    while (first < entry.records().size() && entry.records().get(first).t() <= t) {
      first++;
    }
    return subscribe(entry.position(), first, entry.previous(), entry.cursorBefore(first));
  }

  /// The first entry that reaches t, after asking the log for its head where t is not known here.
  private Optional<Entry> holding(long t) {
    if (peer.head().t() < t) {
      reach(peer.log().headPosition());
    }
    return t < 0 ? Optional.empty() : peer.log().firstReaching(t, peer.head().position());
  }

  private TxReports subscribe(
      long position, int record, page.bits.db.spi.Digest before, Cursor cursor) {
    var itself = new Subscription[1];
    var subscription =
        new Subscription(
            peer, position, record, before, cursor, () -> subscriptions.remove(itself[0]));
    itself[0] = subscription;
    subscriptions.add(subscription);
    if (isClosed.get()) {
      subscription.close();
    }
    return subscription;
  }

  @Override
  public Cursor cursor() {
    return peer.head().cursor();
  }

  @Override
  public Log log() {
    checkOpen();
    return new PeerLog(peer);
  }

  @Override
  public Status status() {
    checkOpen();
    Head head = peer.head();
    var settings = new LinkedHashMap<String, String>();
    Seen seen = seen(head, settings);
    return new Status(
        uri.toString(),
        peer.database().toString(),
        Math.max(seen.headPosition, head.position()),
        seen.headT,
        head.position(),
        head.t(),
        head.digest().toString(),
        FormatLevel.of(head.index()),
        peer.session().toString(),
        seen.turn,
        peer.unresolved().stream().toList(),
        seen.peers,
        settings);
  }

  /// What only the storage knows.
  private record Seen(
      long headPosition, long headT, Map<String, String> turn, List<PeerStatus> peers) {}

  /// Asks the storage; where it does not answer, what is known here.
  private Seen seen(Head head, Map<String, String> settings) {
    Optional<Trouble> trouble = peer.trouble();
    try {
      settings.putAll(peer.storage().settings());
      trouble.ifPresent(before -> tell(before, settings));
      return ask(head);
    } catch (BitsException e) {
      if (e.category() != ErrorCategory.UNAVAILABLE && e.category() != ErrorCategory.BUSY) {
        throw e;
      }
      Instant now = Instant.ofEpochMilli(peer.world().wallMillis());
      tell(new Trouble(e, trouble.map(Trouble::since).orElse(now)), settings);
      return new Seen(head.position(), head.t(), Map.of(), List.of());
    }
  }

  private static void tell(Trouble trouble, Map<String, String> settings) {
    settings.put("trouble", trouble.reason().code());
    settings.put("trouble-since", trouble.since().toString());
    settings.put("trouble-why", trouble.reason().sentence());
  }

  private Seen ask(Head head) {
    long headPosition = peer.log().headPosition();
    long headT =
        headPosition <= head.position()
            ? head.t()
            : peer.storage()
                .resolve(peer.database(), headPosition)
                .map(stored -> peer.log().decode(stored).lastT())
                .orElse(head.t());
    return new Seen(headPosition, headT, turn(), Processes.status(peer.storage()));
  }

  private Map<String, String> turn() {
    TurnRecord turn = Turn.of(peer.storage(), peer.database());
    return Map.of(
        "holder", turn.holder().map(UUID::toString).orElse("nobody"),
        "number", Long.toString(turn.number()),
        "waiting", Integer.toString(turn.waiting().size()));
  }

  @Override
  public void close() {
    if (isClosed.compareAndSet(false, true)) {
      List.copyOf(subscriptions).forEach(Subscription::close);
      peer.signalMoved();
      session.close();
      release.run();
      waiting.forEach(submission -> submission.close(peer.world().nanos())); // the peer may live on
    }
  }
}
