/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import page.bits.db.Connection;
import page.bits.db.Db;
import page.bits.error.BitsException;
import page.bits.testkit.history.Answer;
import page.bits.testkit.history.HistoryReader;
import page.bits.testkit.history.HistoryWriter;
import page.bits.testkit.history.Operation;
import page.bits.testkit.history.Request;

/// Everything that one process does on its connection: clients and subscribers, each on a thread of
/// its own. Closing it leaves the files as they are.
///
/// Files: `ops-WORKER-INCARNATION`, one for each process; `feed-WORKER-N`, which later incarnations
/// of the worker go on with; `tail-WORKER-INCARNATION`, a subscriber that begins in the present.
public final class PeerRun {
  private static final int UNANSWERED_MAX = 50;
  private static final int INCARNATION_BITS = 24;
  private static final Duration LOOK = Duration.ofMillis(20);

  /// What a run is made of. `worker` and `incarnation` name it among all of its history; no two
  /// runs have the same. Subscribers that drain wait so long for the head, and clients think up to
  /// `thinking` before they ask again.
  public record Settings(
      Path folder,
      int worker,
      int incarnation,
      int clients,
      int feeds,
      Duration patience,
      Duration thinking,
      long seed) {}

  private final Connection connection;
  private final Settings settings;
  private final HistoryWriter history;
  private final List<Client> clients = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Thread> feeds = new ArrayList<>();
  private volatile boolean isStopped;
  private volatile boolean isDraining;
  private volatile boolean isAbandoned;

  private PeerRun(Connection connection, Settings settings) {
    this.connection = connection;
    this.settings = settings;
    this.history = new HistoryWriter(file("ops-", settings.incarnation()));
  }

  /// Starts everything.
  public static PeerRun start(Connection connection, Settings settings) {
    Workload.registerFunctions();
    List<List<Client.Known>> left = leftBehind(settings);
    var run = new PeerRun(connection, settings);
    var tags =
        new AtomicLong(
            ((long) settings.worker() << 56)
                | ((long) settings.incarnation() << (56 - INCARNATION_BITS)));
    for (int i = 0; i < settings.clients(); i++) {
      String name = settings.worker() + "." + settings.incarnation() + "." + i;
      var client =
          new Client(connection, run.history, name, settings.seed() * 31 + name.hashCode(), tags);
      List<Client.Known> unanswered = left.get(i);
      run.clients.add(client);
      run.threads.add(
          Thread.ofPlatform()
              .name("client " + name)
              .start(() -> client.run(unanswered, settings.thinking(), () -> run.isStopped)));
    }
    for (int i = 0; i < settings.feeds(); i++) {
      run.follow(run.file("feed-", i));
    }
    run.follow(run.file("tail-", settings.incarnation()));
    return run;
  }

  private Path file(String kind, int number) {
    return settings.folder().resolve(kind + settings.worker() + "-" + number);
  }

  private void follow(Path path) {
    var reader = new FeedReader(connection, path, path.getFileName().toString().startsWith("tail"));
    feeds.add(
        Thread.ofPlatform()
            .name(path.getFileName().toString())
            .start(() -> reader.run(() -> isDraining, () -> isAbandoned, settings.patience())));
  }

  /// What the process before this one had submitted under ids and got no answer to, dealt out to
  /// the clients.
  private static List<List<Client.Known>> leftBehind(Settings settings) {
    var dealt = new ArrayList<List<Client.Known>>();
    for (int i = 0; i < settings.clients(); i++) {
      dealt.add(new ArrayList<>());
    }
    Path before =
        settings.folder().resolve("ops-" + settings.worker() + "-" + (settings.incarnation() - 1));
    if (Files.exists(before)) {
      Map<Long, Client.Known> open = new TreeMap<>();
      for (Operation operation : HistoryReader.read(before).operations()) {
        if (operation.answer() == null
            && operation.id() != null
            && operation.request() instanceof Request.Write write) {
          open.put(operation.tag(), new Client.Known(write, operation.tag(), operation.id()));
        }
      }
      int next = 0;
      for (Client.Known one : open.values().stream().limit(UNANSWERED_MAX).toList()) {
        dealt.get(next++ % dealt.size()).add(one);
      }
    }
    return dealt;
  }

  /// The process, as its sessions name it; waits until one is open.
  public UUID process() {
    UUID process = null;
    while (process == null) {
      try {
        UUID session = connection.session().id();
        process = Workload.openSessions(connection.db()).get(session);
      } catch (BitsException e) { // the storage is away
        LockSupport.parkNanos(LOOK.toNanos());
      }
    }
    return process;
  }

  /// Waits until the sessions of all other processes have ended, or patience is lost; then it is
  /// the checker's to say so.
  public void awaitLapsed(Set<UUID> alive) {
    long end = System.nanoTime() + settings.patience().toNanos();
    while (!alive.containsAll(Workload.openSessions(connection.db()).values())
        && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  /// Lets every client finish what it has asked, and waits for that.
  public void stopClients() throws InterruptedException {
    isStopped = true;
    for (Thread client : threads) {
      client.join();
    }
  }

  /// Says what is held, and that the history is at its end; after the clients.
  public void end() {
    sayAlive();
    history.ended();
    history.close();
  }

  /// What the clients hold has to be there; it may be on its way, on a session in place of another.
  private void sayAlive() {
    Set<Long> marks = new TreeSet<>();
    clients.forEach(client -> client.held().ifPresent(marks::add));
    long end = System.nanoTime() + settings.patience().toNanos();
    UUID session = connection.session().id();
    Db db = connection.db();
    while (!(Workload.openSessions(db).containsKey(session) && Workload.shows(db, marks))
        && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK.toNanos());
      session = connection.session().id();
      db = connection.db();
    }
    String name = settings.worker() + "." + settings.incarnation();
    var said = new Request.Alive(session, List.copyOf(marks));
    history.asked(name, 1, System.nanoTime(), 0, null, db.basisT(), said);
    var shown = new Answer.Seen(db.basisT(), marks.size(), db.basisT());
    history.answered(name, 1, System.nanoTime(), shown);
  }

  /// Waits until every subscriber has seen the head, or has lost patience.
  public void drain() throws InterruptedException {
    isDraining = true;
    joinFeeds();
  }

  private void joinFeeds() throws InterruptedException {
    for (Thread feed : feeds) {
      feed.join();
    }
  }

  /// Ends the subscribers where they are, as a process that is killed does.
  public void abandon() throws InterruptedException {
    isAbandoned = true;
    joinFeeds();
  }

  /// The files of all runs of a folder whose names begin so.
  public static List<Path> files(Path folder, String prefix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
