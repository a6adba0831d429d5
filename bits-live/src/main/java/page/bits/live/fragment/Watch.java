/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.util.Optional;

/// One viewer's place at a page. Used by the one thread that writes to the viewer.
public final class Watch implements AutoCloseable {
  private final Fragments fragments;
  private final Signal signal;
  private final Visit visit;
  private LivePage page;

  Watch(Fragments fragments, LivePage page, Signal signal, Visit visit) {
    this.fragments = fragments;
    this.page = page;
    this.signal = signal;
    this.visit = visit;
  }

  /// Wakes the viewer's thread.
  public Signal signal() {
    return signal;
  }

  /// The newest consistent state of the page; empty when a rendering is about to make one.
  public Optional<Seen> newest() {
    page = fragments.current(page, visit, signal);
    return Optional.ofNullable(fragments.newest(page));
  }

  @Override
  public void close() {
    fragments.leave(page, signal);
  }
}
