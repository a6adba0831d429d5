/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.site;

/// How long texts may be, in code points, after trimming.
final class Limits {
  static final int HANDLE = 40;
  static final int NAME = 40;
  static final int BIO = 300;
  static final int LINKS = 2_500;
  static final int POST = 5_000;
  static final int PASSWORD = 200;

  private Limits() {}
}
