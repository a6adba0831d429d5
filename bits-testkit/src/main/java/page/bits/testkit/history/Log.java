/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.util.Arrays;

/// The transactions of a log by their order: t, chain digest, hash of the data. Confined to one
/// thread.
final class Log {
  private long[] ts = new long[1024];
  private long[] chains = new long[1024];
  private long[] hashes = new long[1024];
  private int size;
  private long birthChain;

  /// The chain before the first transaction.
  void born(long chain) {
    birthChain = chain;
  }

  void add(LoggedTx tx) {
    if (size == ts.length) {
      ts = Arrays.copyOf(ts, size * 2);
      chains = Arrays.copyOf(chains, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    ts[size] = tx.t();
    chains[size] = tx.chain();
    hashes[size] = tx.hash();
    size++;
  }

  int size() {
    return size;
  }

  long lastT() {
    return size == 0 ? 0 : ts[size - 1];
  }

  long t(int index) {
    return index < 0 ? 0 : ts[index];
  }

  long chain(int index) {
    return index < 0 ? birthChain : chains[index];
  }

  long hash(int index) {
    return hashes[index];
  }

  /// The index of the transaction t; -1 for 0, -2 when there is none.
  int index(long t) {
    int found = Arrays.binarySearch(ts, 0, size, t);
    return t == 0 ? -1 : found < 0 ? -2 : found;
  }
}
