/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import java.io.IOException;
import java.util.Optional;
import page.bits.live.block.Block;
import page.bits.live.block.GzipStream;

/// The way of blocks to one reader, as they are or as a gzip stream. Confined to its thread.
final class Line {
  private final LiveResponse.Sink sink;
  private final Optional<GzipStream> gzip;

  Line(LiveResponse.Sink sink, boolean isGzip) {
    this.sink = sink;
    this.gzip = isGzip ? Optional.of(new GzipStream()) : Optional.empty();
  }

  /// The bytes of a block, which are to be sent next; not changed by anybody.
  byte[] encoded(Block block) {
    return gzip.isPresent() ? gzip.get().next(block) : block.plain();
  }

  void send(byte[] bytes) throws IOException, InterruptedException {
    if (bytes.length > 0) {
      sink.send(bytes);
    }
  }

  /// Runs this when the reader is seen to have gone.
  void onGone(Runnable gone) {
    sink.onGone(gone);
  }

  /// The end of the stream, when it is ours to end it.
  void end() throws IOException, InterruptedException {
    if (gzip.isPresent()) {
      sink.send(gzip.get().end());
    }
  }
}
