/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/// Notices that the reader of a stream has gone while nothing is written to it: reads on in its
/// connection, where nothing is to come but the end. Without it, that is noticed by the second
/// heartbeat, as the first one still finds a place in the network.
///
/// The connection must not be used for another request: what came of one is thrown away.
final class Departure implements Callback {
  private static final int BUFFER_BYTES = 64;

  private final EndPoint connection;
  private final Runnable gone;

  private Departure(EndPoint connection, Runnable gone) {
    this.connection = connection;
    this.gone = gone;
  }

  /// Runs `gone` once, on a thread of the server, when the reader has gone.
  static void watch(EndPoint connection, Runnable gone) {
    connection.tryFillInterested(new Departure(connection, gone));
  }

  /// There is something to read, or the end.
  @Override
  public void succeeded() {
    try {
      ByteBuffer ignored = BufferUtil.allocate(BUFFER_BYTES);
      int count;
      do {
        BufferUtil.clear(ignored);
        count = connection.fill(ignored);
      } while (count > 0);
      if (count == 0) {
        connection.tryFillInterested(this);
      } else {
        gone.run();
      }
    } catch (IOException _) { // the connection is broken
      gone.run();
    }
  }

  @Override
  public void failed(Throwable reason) {
    gone.run();
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }
}
