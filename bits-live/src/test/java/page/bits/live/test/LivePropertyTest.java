/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Db;
import page.bits.live.Page;
import page.bits.live.Site;

/// Random fragments, viewers and transactions on two nodes: what a client makes of the frames is at
/// every cursor what a fresh rendering shows there, whatever was lost, repeated or late, and no
/// byte of it is for somebody else.
final class LivePropertyTest {
  private static final int ROUNDS = 12;
  private static final int MOVES = 60;
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private static long seed() {
    String given = System.getProperty("test.seed", "");
    return given.isEmpty() ? new Random().nextLong() : Long.parseLong(given);
  }

  @Test
  void frames_ofRandomSites_leadToWhatIsFresh() throws InterruptedException {
    long seed = seed();
    System.err.println("seed " + seed);
    for (int round = 0; round < ROUNDS; round++) {
      run(seed + round, /* isTangled= */ round % 3 == 2);
    }
  }

  /// Where fragments stand at two places, only the node that showed it knows that: there is one.
  private static void run(long seed, boolean isTangled) throws InterruptedException {
    var random = new Random(seed);
    var world = new RandomSite(seed, isTangled);
    try (Connection connection = Bits.connect("bits:mem:" + UUID.randomUUID())) {
      world.define(connection);
      Site site = world.on(connection);
      List<Page> pages = site.pages();
      try (TestSite nodes = TestSite.of(site, site)) {
        int count = isTangled ? 1 : 2;
        var readers = new ArrayList<RandomReader>();
        for (int i = 0; i < 6; i++) {
          Visitor visitor = nodes.visitor(i % count);
          visitor.get("/p0");
          world.know(RandomReader.viewer(visitor).id());
          Page page = pages.get(random.nextInt(pages.size()));
          readers.add(new RandomReader(world, visitor, page, count, random.nextLong()));
        }
        play(world, connection, readers, random);
        readers.forEach(RandomReader::stop);
        assertThat(readers.stream().mapToInt(RandomReader::applied).sum()).isPositive();
      }
    }
  }

  private static void play(
      RandomSite world, Connection connection, List<RandomReader> readers, Random random)
      throws InterruptedException {
    for (int move = 0; move < MOVES; move++) {
      RandomReader one = readers.get(random.nextInt(readers.size()));
      switch (random.nextInt(8)) {
        case 0 -> one.reconnect();
        case 1, 2 -> one.submit(random.nextLong());
        default -> world.move(connection, random.nextLong());
      }
      if (move % 6 == 0) {
        awaitAll(readers, connection.db());
      }
    }
    awaitAll(readers, connection.db());
  }

  private static void awaitAll(List<RandomReader> readers, Db db) throws InterruptedException {
    for (RandomReader reader : readers) {
      long until = System.nanoTime() + PATIENCE_NANOS;
      while (!reader.shows(db)) {
        assertThat(reader.failures()).isEmpty();
        assertThat(System.nanoTime()).as("%s does not become fresh", reader).isLessThan(until);
        Thread.sleep(1);
      }
      assertThat(reader.failures()).isEmpty();
    }
  }
}
