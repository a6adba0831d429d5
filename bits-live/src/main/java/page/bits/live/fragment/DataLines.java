/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

/// Text as it stands in the data of an event, behind `data: `.
final class DataLines {
  private DataLines() {}

  static String of(String text) {
    if (text.indexOf('\n') < 0 && text.indexOf('\r') < 0) {
      return text;
    }
    return text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\ndata: ");
  }
}
