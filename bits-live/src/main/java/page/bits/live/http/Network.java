/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/// Where requests come from, as far as it means one subscriber: an IPv4 address, or the first 64
/// bits of an IPv6 one, since whoever has one of those addresses has them all.
public final class Network {
  private static final int BYTES = 8;

  private Network() {}

  /// The network of an address as text; a text that is no address is its own.
  public static String of(String address) {
    String plain = address.startsWith("[") ? address.replaceAll("[\\[\\]]", "") : address;
    try {
      InetAddress parsed = InetAddress.ofLiteral(plain);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(parsed.getAddress(), 0, BYTES)
          : parsed.getHostAddress();
    } catch (IllegalArgumentException _) { // what a proxy said is not an address
      return address;
    }
  }
}
