/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import page.bits.live.LiveErrors;

/// How many streams each network has open; refuses one too many. Thread-safe.
final class OpenStreams {
  private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();
  private final int max;

  OpenStreams(int max) {
    this.max = max;
  }

  /// Counts one more. Errors: `:bits.error/address-limit`.
  void enter(String network) {
    int count = open.merge(network, 1, Integer::sum);
    if (count > max) {
      leave(network);
      throw LiveErrors.addressLimit("streams", max);
    }
  }

  void leave(String network) {
    open.computeIfPresent(network, (_, count) -> count == 1 ? null : count - 1);
  }
}
