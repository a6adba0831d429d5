/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

/// How much of a node one client address may take, so that whoever invents visitors cannot fill it:
/// `streamsMax` open streams, and `pagesMax` pages kept that it was the first to ask for. Of an
/// IPv6 address the first 64 bits count.
///
/// The address is that of the connection; where that comes from this machine or a private network,
/// a proxy is taken to be there, and what it says last in `X-Forwarded-For` is the address.
public record AddressLimits(int streamsMax, int pagesMax) {
  /// Takes part in no limit but those of the whole node.
  public static final AddressLimits NONE = new AddressLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);

  static AddressLimits standard() {
    return new AddressLimits(/* streamsMax= */ 2_000, /* pagesMax= */ 5_000);
  }
}
