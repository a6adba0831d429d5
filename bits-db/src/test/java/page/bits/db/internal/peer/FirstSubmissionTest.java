/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import page.bits.db.Tx;
import page.bits.db.internal.memory.MemoryStorage;
import page.bits.db.spi.BitsUri;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;

/// What is submitted before the committing thread has ever had nothing to do.
class FirstSubmissionTest {
  private static final String NOTE = "[[:db/add \"datomic.tx\" :db/doc \"note\"]]";

  private final MemoryStorage memory = MemoryStorage.unnamed(Instant::now);
  private final DatabaseId database = new Catalog(memory, SystemWorld.INSTANCE).create("main").id();
  private final TestWorld world = new TestWorld();
  private final PeerConnection other = connect(memory.another());

  private PeerConnection connect(Storage storage) {
    Peer peer =
        Peer.open(
            database, storage, world, Deadlines.SYSTEM, new Processes(storage, world), () -> {});
    return new PeerConnection(BitsUri.parse("bits:mem:first"), peer, peer::close);
  }

  /// The other peer is faster the first so many times.
  private Storage losing(int times) {
    var left = new AtomicInteger(times);
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (_, method, arguments) -> {
              if (method.getName().equals("append") && left.getAndDecrement() > 0) {
                var _ = other.transact(NOTE);
              }
              try {
                return method.invoke(memory, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /// A thread that had never been idle was taken for idle, and so never got the turn (found by the
  /// simulation).
  @Test
  void transact_atOnceAndLostTwice_getsTheTurn() {
    var begin = new CountDownLatch(1);
    world.holdBack("bits-commit", begin);
    PeerConnection first = connect(losing(2));
    var report = first.transactAsync(Tx.of(NOTE));
    begin.countDown();
    long t = report.join().t();
    assertThat(first.db().basisT()).isEqualTo(t);
    first.close();
    other.close();
  }
}
