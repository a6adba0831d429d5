/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.spi.Bytes;
import page.bits.edn.Symbol;
import page.bits.edn.Tagged;

/// Values of the database as EDN can print them: bytes, for which EDN has no element, become
/// `#bits/bytes "hex"`; everything else stays as it is.
final class Printable {
  private static final Symbol BYTES = Symbol.of("bits/bytes");

  private Printable() {}

  static @Nullable Object of(@Nullable Object value) {
    return switch (value) {
      case Bytes bytes -> new Tagged(BYTES, bytes.toString());
      case Set<?> set -> {
        var printable = new LinkedHashSet<@Nullable Object>();
        set.forEach(element -> printable.add(of(element)));
        yield printable;
      }
      case List<?> list -> {
        var printable = new ArrayList<@Nullable Object>(list.size());
        list.forEach(element -> printable.add(of(element)));
        yield printable;
      }
      case Map<?, ?> map -> {
        var printable = new LinkedHashMap<@Nullable Object, @Nullable Object>();
        map.forEach((key, element) -> printable.put(of(key), of(element)));
        yield printable;
      }
      case null, default -> value;
    };
  }
}
