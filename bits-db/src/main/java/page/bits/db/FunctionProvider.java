/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

/// Registers the functions that a jar brings. Found by [java.util.ServiceLoader] when this JVM
/// first looks a function up, so that a program started from outside, such as the command line, has
/// them by its class path alone.
public interface FunctionProvider {
  /// Calls the `register` methods of [Functions]; called again if it, or another provider, failed.
  void register();
}
