/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NetworkTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "2001:db8:1:2::3, 20010db800010002",
    "[2001:db8:1:2:ffff:ffff:ffff:ffff], 20010db800010002",
    "::ffff:192.0.2.1, 192.0.2.1",
    "unknown, unknown"
  })
  void of_anAddress_isItsSubscriber(String address, String network) {
    assertThat(Network.of(address)).isEqualTo(network);
  }
}
