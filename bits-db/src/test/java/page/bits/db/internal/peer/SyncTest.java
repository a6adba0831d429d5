/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import page.bits.db.DbError;
import page.bits.db.internal.memory.MemoryStorage;
import page.bits.db.spi.DatabaseId;
import page.bits.error.BitsException;

/// Waiting for what others committed, on a peer that does not come to read it.
class SyncTest {
  private static final String NOTE = "[[:db/add \"datomic.tx\" :db/doc \"note\"]]";

  private final MemoryStorage memory = MemoryStorage.unnamed(Instant::now);
  private final DatabaseId database = new Catalog(memory, SystemWorld.INSTANCE).create("main").id();
  private final TestWorld world = new TestWorld();

  private PeerConnection slow() {
    return TestPeers.connection(
        Peer.open(
            database, memory, world, Deadlines.SYSTEM, new Processes(memory, world), () -> {}));
  }

  @Test
  void sync_peerThatDoesNotCatchUp_endsAfterTenSecondsAndLaterAnswers() {
    var read = new CountDownLatch(1);
    world.holdBack("bits-tail", read);
    try (PeerConnection other = TestPeers.connect(database, memory.another());
        PeerConnection connection = slow()) {
      long t = other.transact(NOTE).t();
      world.everyLookTakes(Duration.ofSeconds(10));
      for (ThrowingCallable sync :
          List.<ThrowingCallable>of(connection::sync, () -> connection.sync(t))) {
        BitsException late = catchThrowableOfType(BitsException.class, sync);
        assertThat(late.is(DbError.DEADLINE)).isTrue();
        assertThat(late.data()).containsEntry("deadline-ms", 10_000L);
      }
      assertThat(connection.db().basisT()).isLessThan(t);
      world.everyLookTakes(Duration.ZERO);
      read.countDown();
      assertThat(connection.sync().basisT()).isEqualTo(t);
    }
  }
}
