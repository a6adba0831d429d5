/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app;

import java.util.Objects;

/// How the application is started: the address and port to listen on (0 takes a free port), and
/// whether to add sample creators.
public record AppOptions(String host, int port, boolean demo) {
  public AppOptions {
    Objects.requireNonNull(host);
  }

  /// On 127.0.0.1, with sample creators.
  public static AppOptions demo(int port) {
    return new AppOptions("127.0.0.1", port, /* demo= */ true);
  }
}
