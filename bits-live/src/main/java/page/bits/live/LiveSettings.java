/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import java.time.Duration;
import java.util.function.Consumer;

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
    return with(draft -> draft.heartbeat = every);
  }

  /// These settings with another render interval.
  public LiveSettings renderInterval(Duration every) {
    return with(draft -> draft.renderInterval = every);
  }

  /// These settings with another write timeout.
  public LiveSettings writeTimeout(Duration atMost) {
    return with(draft -> draft.writeTimeout = atMost);
  }

  /// These settings with another wait for a page.
  public LiveSettings answerWait(Duration atMost) {
    return with(draft -> draft.answerWait = atMost);
  }

  /// These settings with another time to leave.
  public LiveSettings drain(Duration over) {
    return with(draft -> draft.drain = over);
  }

  /// These settings with another number of pages.
  public LiveSettings pagesMax(int count) {
    return with(draft -> draft.pagesMax = count);
  }

  /// These settings with other limits of one client address.
  public LiveSettings perAddress(AddressLimits limits) {
    return with(draft -> draft.perAddress = limits);
  }

  private LiveSettings with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.settings();
  }

  /// The components while one of them is changed.
  private static final class Draft {
    private Duration renderInterval;
    private Duration heartbeat;
    private Duration writeTimeout;
    private Duration cursorWait;
    private Duration answerWait;
    private Duration idle;
    private Duration drain;
    private int pagesMax;
    private int rendersMax;
    private int rendersPerPart;
    private AddressLimits perAddress;

    private Draft(LiveSettings from) {
      this.renderInterval = from.renderInterval;
      this.heartbeat = from.heartbeat;
      this.writeTimeout = from.writeTimeout;
      this.cursorWait = from.cursorWait;
      this.answerWait = from.answerWait;
      this.idle = from.idle;
      this.drain = from.drain;
      this.pagesMax = from.pagesMax;
      this.rendersMax = from.rendersMax;
      this.rendersPerPart = from.rendersPerPart;
      this.perAddress = from.perAddress;
    }

    private LiveSettings settings() {
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
          perAddress);
    }
  }
}
