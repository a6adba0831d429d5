/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// When a process is taken for gone, in time that the test makes.
class StillnessTest {
  private static final UUID A = new UUID(0, 1);
  private static final UUID B = new UUID(0, 2);

  private long now = 1_000_000_000_000L;
  private final Stillness stillness = new Stillness(now);
  private final Map<UUID, Long> beats = new HashMap<>(Map.of(A, 1L, B, 1L));

  private void pass(double seconds) {
    now += (long) (seconds * 1e9);
  }

  /// A second passes, in which these beat; then a look.
  private void look(UUID... alive) {
    pass(1);
    for (UUID process : alive) {
      beats.merge(process, 1L, Long::sum);
    }
    stillness.look(beats, Set.of(A, B), now, now);
  }

  @Test
  void lapsed_noBeatInThreeLooks_within4Seconds() {
    look(A, B);
    int looks = 0;
    while (!stillness.hasLapsed(A)) {
      look(B);
      looks++;
    }
    assertThat(looks).isEqualTo(3);
    assertThat(stillness.hasLapsed(B)).isFalse();
  }

  @Test
  void lapsed_beatsAgain_isAlive() {
    look(A, B);
    look(B);
    look(B);
    look(A, B);
    look(B);
    look(B);
    assertThat(stillness.hasLapsed(A)).isFalse();
  }

  @Test
  void lapsed_recordIsAbsent() {
    beats.remove(A);
    look(B);
    look(B);
    look(B);
    assertThat(stillness.hasLapsed(A)).isFalse();
    look(B);
    assertThat(stillness.hasLapsed(A)).isTrue();
  }

  @Test
  void lapsed_manyLooksInNoTime_isAlive() {
    look(A, B);
    for (int i = 0; i < 100; i++) {
      pass(0.02);
      stillness.look(beats, Set.of(), now, now);
    }
    assertThat(stillness.hasLapsed(A)).isFalse();
  }

  @Test
  void lapsed_observerStopped_beginsAnewAndWaitsLonger() {
    look(A, B);
    look(B);
    pass(3600);
    for (int i = 0; i < 10; i++) {
      look(B);
      assertThat(stillness.hasLapsed(A)).as("look " + i).isFalse();
    }
    look(B);
    assertThat(stillness.hasLapsed(A)).isTrue();
  }

  @Test
  void lapsed_looksFailFor10Seconds_nobodyIs() {
    look(A, B);
    for (int i = 0; i < 10; i++) {
      pass(1);
      stillness.trouble();
    }
    for (int i = 0; i < 9; i++) {
      look(B);
      assertThat(stillness.hasLapsed(A)).isFalse();
    }
    look(A, B);
    assertThat(stillness.hasLapsed(A)).isFalse();
    look(B);
    look(B);
    look(B);
    assertThat(stillness.hasLapsed(A)).as("it moved, and then died").isTrue();
  }

  @Test
  void lapsed_lookThatTookLong_countsFromItsBeginning() {
    look(A, B);
    look(B);
    look(B);
    long began = now;
    pass(2);
    stillness.look(beats, Set.of(), began, now);
    assertThat(stillness.hasLapsed(A)).isFalse();
  }

  @Test
  void still_unknownProcess_isNot() {
    assertThat(stillness.stillNanos(A)).isZero();
    look(A, B);
    look(A);
    look(A);
    look(A);
    assertThat(Duration.ofNanos(stillness.stillNanos(B))).isEqualTo(Duration.ofSeconds(3));
  }
}
