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
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import page.bits.db.Connection;
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

  /// What a run is made of. `worker` and `incarnation` name it among all of its history; no two
  /// runs have the same. Subscribers that drain wait so long for the head.
  public record Settings(
      Path folder,
      int worker,
      int incarnation,
      int clients,
      int feeds,
      Duration patience,
      long seed) {}

  private final Connection connection;
  private final Settings settings;
  private final HistoryWriter history;
  private final List<Thread> clients = new ArrayList<>();
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
      run.clients.add(
          Thread.ofPlatform()
              .name("client " + name)
              .start(() -> client.run(unanswered, () -> run.isStopped)));
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

  /// Lets every client finish what it has asked, and waits for that.
  public void stopClients() throws InterruptedException {
    isStopped = true;
    for (Thread client : clients) {
      client.join();
    }
    history.ended();
    history.close();
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
