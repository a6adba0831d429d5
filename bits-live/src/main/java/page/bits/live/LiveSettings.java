/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import java.time.Duration;

/// The numbers of the live layer; [#standard()] is right unless measured otherwise.
///
/// `renderInterval`: a fragment is rendered at most once in it. `heartbeat`: how long a stream may
/// be silent. `writeTimeout`: how long one write to a reader may take. `cursorWait`: how long a
/// node that is behind a cursor waits. `answerWait`: how long a request waits for its page. `idle`:
/// how long a page that nobody watches is kept. `pagesMax`: how many pages are kept.
public record LiveSettings(
    Duration renderInterval,
    Duration heartbeat,
    Duration writeTimeout,
    Duration cursorWait,
    Duration answerWait,
    Duration idle,
    int pagesMax) {

  public static LiveSettings standard() {
    return new LiveSettings(
        Duration.ofMillis(50),
        Duration.ofSeconds(15),
        Duration.ofSeconds(10),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        /* pagesMax= */ 20_000);
  }

  /// These settings with another heartbeat.
  public LiveSettings heartbeat(Duration every) {
    return new LiveSettings(
        renderInterval, every, writeTimeout, cursorWait, answerWait, idle, pagesMax);
  }

  /// These settings with another render interval.
  public LiveSettings renderInterval(Duration every) {
    return new LiveSettings(every, heartbeat, writeTimeout, cursorWait, answerWait, idle, pagesMax);
  }
}
