/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.torture;

import java.util.List;
import java.util.Random;
import page.bits.testkit.history.LogSource;

/// A storage under test, and the faults that belong to it.
interface Target extends AutoCloseable {
  /// A fault of the storage or of the way to it: it begins, lasts, and is healed.
  record Fault(String name, Action begin, Action end, int longestMillis) {}

  /// Something that is done to a storage.
  @FunctionalInterface
  interface Action {
    void run(Random random) throws InterruptedException;
  }

  /// The URI that workers connect to, through the faults.
  String workerUri(String database);

  /// The URI that the run itself connects to, beside them.
  String directUri(String database);

  LogSource log(String database);

  List<Fault> faults();

  /// Whether the workers use the disk themselves, so that faults of their system calls mean
  /// something.
  boolean isInProcess();

  @Override
  void close();
}
