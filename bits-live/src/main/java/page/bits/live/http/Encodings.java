/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Which encodings a client takes.
final class Encodings {
  private Encodings() {}

  /// Whether `Accept-Encoding` names gzip (or anything) with a weight above zero.
  static boolean acceptsGzip(LiveRequest request) {
    String accepted = request.header("accept-encoding").orElse("").toLowerCase(Locale.ROOT);
    boolean any = false;
    for (String each : accepted.split(",", -1)) {
      String[] parts = each.split(";", -1);
      String name = parts[0].strip();
      boolean isWanted = parts.length < 2 || isAboveZero(parts[1].strip());
      if (name.equals("gzip") || name.equals("x-gzip")) {
        return isWanted;
      }
      any = any || (name.equals("*") && isWanted);
    }
    return any;
  }

  private static boolean isAboveZero(String weight) {
    return !weight.matches("q\\s*=\\s*0(\\.0*)?");
  }

  /// These headers with that of a gzip stream.
  static List<LiveResponse.Header> withGzip(List<LiveResponse.Header> headers) {
    var more = new ArrayList<>(headers);
    more.add(new LiveResponse.Header("Content-Encoding", "gzip"));
    return List.copyOf(more);
  }
}
