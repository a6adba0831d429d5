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
/// how long a page that nobody watches is kept. `drain`: over how long a node that ends tells its
/// streams so. `pagesMax`: how many pages are kept. `rendersMax`: how many renderings run at once,
/// and `rendersPerPart` how many of one fragment, so that a slow one leaves the others their turn.
/// `perAddress`: what one client address may take of the node.
public record LiveSettings(
    Duration renderInterval,
    Duration heartbeat,
    Duration writeTimeout,
    Duration cursorWait,
    Duration answerWait,
    Duration idle,
    Duration drain,
    int pagesMax,
    int rendersMax,
    int rendersPerPart,
    AddressLimits perAddress) {

  public static LiveSettings standard() {
    int cores = Runtime.getRuntime().availableProcessors();
    return new LiveSettings(
        Duration.ofMillis(50),
        Duration.ofSeconds(15),
        Duration.ofSeconds(10),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(5),
        /* pagesMax= */ 50_000,
        /* rendersMax= */ Math.max(32, 4 * cores),
        /* rendersPerPart= */ Math.max(4, cores),
        AddressLimits.standard());
  }

  /// These settings with another heartbeat.
  public LiveSettings heartbeat(Duration every) {
    return new LiveSettings(
        renderInterval,
        every,
        writeTimeout,
        cursorWait,
        answerWait,
        idle,
        drain,
        pagesMax,
        rendersMax,
        rendersPerPart,
        perAddress);
  }

  /// These settings with another render interval.
  public LiveSettings renderInterval(Duration every) {
    return new LiveSettings(
        every,
        heartbeat,
        writeTimeout,
        cursorWait,
        answerWait,
        idle,
        drain,
        pagesMax,
        rendersMax,
        rendersPerPart,
        perAddress);
  }

  /// These settings with another write timeout.
  public LiveSettings writeTimeout(Duration atMost) {
    return new LiveSettings(
        renderInterval,
        heartbeat,
        atMost,
        cursorWait,
        answerWait,
        idle,
        drain,
        pagesMax,
        rendersMax,
        rendersPerPart,
        perAddress);
  }

  /// These settings with another wait for a page.
  public LiveSettings answerWait(Duration atMost) {
    return new LiveSettings(
        renderInterval,
        heartbeat,
        writeTimeout,
        cursorWait,
        atMost,
        idle,
        drain,
        pagesMax,
        rendersMax,
        rendersPerPart,
        perAddress);
  }

  /// These settings with another time to leave.
  public LiveSettings drain(Duration over) {
    return new LiveSettings(
        renderInterval,
        heartbeat,
        writeTimeout,
        cursorWait,
        answerWait,
        idle,
        over,
        pagesMax,
        rendersMax,
        rendersPerPart,
        perAddress);
  }

  /// These settings with another number of pages.
  public LiveSettings pagesMax(int count) {
    return new LiveSettings(
        renderInterval,
        heartbeat,
        writeTimeout,
        cursorWait,
        answerWait,
        idle,
        drain,
        count,
        rendersMax,
        rendersPerPart,
        perAddress);
  }

  /// These settings with other limits of one client address.
  public LiveSettings perAddress(AddressLimits limits) {
    return new LiveSettings(
        renderInterval,
        heartbeat,
        writeTimeout,
        cursorWait,
        answerWait,
        idle,
        drain,
        pagesMax,
        rendersMax,
        rendersPerPart,
        limits);
  }
}
