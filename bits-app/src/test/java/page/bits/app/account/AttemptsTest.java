/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.db.Bits;
import page.bits.db.Connection;

final class AttemptsTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  private final String uri = "bits:mem:attempts-" + UUID.randomUUID();
  private final Connection connection = Bits.connect(uri);
  private final Attempts attempts;

  AttemptsTest() {
    connection.ensureSchema(AccountSchema.EDN);
    attempts = new Attempts(connection, Secret.of(connection, new SecureRandom()));
  }

  @AfterEach
  void close() {
    connection.close();
    Bits.delete(uri);
  }

  private boolean isTaken(String name, String address, Instant now) {
    return attempts.take(name, address, now) instanceof Attempts.Answer.Taken;
  }

  @Test
  void take_tenOnOneName_theNextWaitsForTheFirstToPass() {
    for (int i = 0; i < Attempts.PER_NAME_MAX; i++) {
      assertThat(isTaken("mira", "10.0.0." + i, NOW.plusSeconds(i))).isTrue();
    }

    assertThat(attempts.take("Mira ", "10.0.1.1", NOW.plusSeconds(60)))
        .isEqualTo(new Attempts.Answer.Full(NOW.plus(Attempts.WINDOW)));
    assertThat(isTaken("tadeo", "10.0.1.1", NOW.plusSeconds(60))).isTrue();
    assertThat(isTaken("mira", "10.0.1.1", NOW.plus(Attempts.WINDOW))).isTrue();
    assertThat(isTaken("mira", "10.0.1.1", NOW.plus(Attempts.WINDOW))).isFalse();
  }

  @Test
  void take_manyNamesFromOneAddress_areLimitedToo() {
    for (int i = 0; i < Attempts.PER_ADDRESS_MAX; i++) {
      assertThat(isTaken("name" + i, "10.0.0.1", NOW)).isTrue();
    }

    assertThat(isTaken("another", "10.0.0.1", NOW)).isFalse();
    assertThat(isTaken("another", "10.0.0.2", NOW)).isTrue();
  }

  @Test
  void giveBack_asOftenAsOneLikes_neverCounts() {
    for (int i = 0; i < 3 * Attempts.PER_NAME_MAX; i++) {
      var taken = (Attempts.Answer.Taken) attempts.take("mira", "10.0.0.1", NOW);
      connection.transact(Attempts.giveBack(taken));
    }

    assertThat(isTaken("mira", "10.0.0.1", NOW)).isTrue();
  }

  @Test
  void take_allAtOnce_givesNoMoreThanOneAfterTheOther() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Callable<Boolean>>();
      for (int i = 0; i < 4 * Attempts.PER_NAME_MAX; i++) {
        all.add(() -> isTaken("mira", "10.0.0.1", NOW));
      }
      int taken = 0;
      for (Future<Boolean> each : threads.invokeAll(all)) {
        taken += each.get() ? 1 : 0;
      }

      assertThat(taken).isEqualTo(Attempts.PER_NAME_MAX);
    }
  }

  @Test
  void facts_holdNeitherNameNorAddress() {
    attempts.take("mira", "10.0.0.1", NOW);

    List<String> keys =
        connection.db().query("[:find ?k :where [_ :attempts/key ?k]]").column(String.class);
    assertThat(keys).hasSize(2).noneMatch(key -> key.contains("mira") || key.contains("10.0.0"));
  }

  @Test
  void sweep_afterTheWindow_retractsAll() {
    attempts.take("mira", "10.0.0.1", NOW);
    assertThat(Attempts.sweep(connection.db(), NOW.plusSeconds(1), 10)).isEmpty();

    connection.transact(
        Attempts.sweep(connection.db(), NOW.plus(Attempts.WINDOW).plusMillis(1), 10));

    assertThat(connection.db().query("[:find ?e :where [?e :attempts/key]]").column(Long.class))
        .isEmpty();
  }
}
