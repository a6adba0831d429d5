/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.error.BitsException;
import page.bits.testkit.Await;
import page.bits.testkit.workload.LastReads;
import page.bits.testkit.workload.PeerRun;
import page.bits.testkit.workload.Workload;

/// Three real peers on one memory storage, whose clients and subscribers write a history; one of
/// them ends in the middle and comes again. Its connections may be replaced by broken ones.
final class Cluster {
  private static final int PEERS = 3;
  private static final int CLIENTS = 3;
  private static final int TRANSACTIONS = 600;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final String name = UUID.randomUUID().toString();
  private final Path folder;
  private final long seed;
  private final UnaryOperator<Connection> broken;
  private final List<Connection> connections = new ArrayList<>();
  private long setupT;

  Cluster(Path folder, long seed, UnaryOperator<Connection> broken) {
    this.folder = folder;
    this.seed = seed;
    this.broken = broken;
  }

  /// What is to be checked.
  record History(
      List<LogSource.RawEntry> log,
      long setupT,
      List<HistoryReader.Process> processes,
      List<Checker.Subscriber> subscribers) {
    Verdict check() {
      return Checker.check(log::forEach, setupT, processes, subscribers);
    }

    History withLog(List<LogSource.RawEntry> other) {
      return new History(other, setupT, processes, subscribers);
    }

    History withProcesses(List<HistoryReader.Process> others) {
      return new History(log, setupT, others, subscribers);
    }
  }

  History run() throws InterruptedException {
    Workload.registerFunctions();
    for (int p = 0; p < PEERS; p++) {
      connections.add(Bits.connect("bits:mem:" + name + "?user=p" + p));
    }
    setupT = Workload.setUp(connections.getFirst());
    connections.forEach(Connection::sync);
    var runs = new ArrayList<PeerRun>();
    for (int p = 0; p < PEERS; p++) {
      runs.add(start(p, 1));
    }
    awaitTransactions(1);
    runs.getFirst().stopClients();
    runs.getFirst().end();
    runs.getFirst().abandon();
    endSessionOf(connections.getFirst());
    awaitTransactions(2);
    runs.set(0, start(0, 2));
    awaitTransactions(3);
    for (PeerRun run : runs) {
      run.stopClients();
    }
    for (PeerRun run : runs) {
      run.end();
    }
    for (PeerRun run : runs) {
      run.drain();
    }
    try (Connection last = Bits.connect("bits:mem:" + name + "?user=last")) {
      LastReads.write(last, folder.resolve("ops-last"), 10, new Random(seed));
    }
    connections.forEach(Connection::close);
    return history();
  }

  private PeerRun start(int peer, int incarnation) {
    Connection connection = broken.apply(connections.get(peer));
    return PeerRun.start(
        connection,
        new PeerRun.Settings(folder, peer, incarnation, CLIENTS, 1, PATIENCE, Duration.ZERO, seed));
  }

  private void awaitTransactions(int part) {
    Connection any = connections.get(1);
    long wanted = setupT + part * (long) TRANSACTIONS / 3;
    Await.until("transactions up to " + wanted, () -> any.db().basisT() >= wanted);
  }

  private History history() {
    var processes = PeerRun.files(folder, "ops-").stream().map(HistoryReader::read).toList();
    var subscribers = new ArrayList<Checker.Subscriber>();
    for (String kind : List.of("feed-", "tail-")) {
      for (Path file : PeerRun.files(folder, kind)) {
        subscribers.add(
            new Checker.Subscriber(file.getFileName().toString(), () -> Feed.lines(file)));
      }
    }
    return new History(log(), setupT, processes, subscribers);
  }

  private List<LogSource.RawEntry> log() {
    var entries = new ArrayList<LogSource.RawEntry>();
    new MemoryLog(name).read(entries::add);
    return entries;
  }

  /// As others do that see no sign of life of a process: it lives, and has to open another one.
  private void endSessionOf(Connection peer) {
    try {
      connections.get(1).transact(List.of(List.of(":bits/end-session", peer.session().ref())));
    } catch (BitsException e) {
      assertThat(e.code()).isEqualTo(":bits.error/session-ended"); // a client did so before
    }
  }

  static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("bits-history");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
