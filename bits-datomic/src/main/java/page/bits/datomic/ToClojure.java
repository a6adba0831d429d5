/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.datomic;

import clojure.lang.PersistentArrayMap;
import clojure.lang.PersistentHashSet;
import clojure.lang.PersistentList;
import clojure.lang.PersistentVector;
import datomic.Util;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.edn.EdnList;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;
import page.bits.edn.Tagged;

/// EDN values of Bits as the values that Clojure's reader would give for the same text.
final class ToClojure {
  private final Map<Object, Object> names = new HashMap<>();

  @Nullable Object convert(@Nullable Object value) {
    return switch (value) {
      case datomic.Database db -> db;
      case Keyword keyword -> names.computeIfAbsent(keyword, k -> Util.read(k.toString()));
      case Symbol symbol -> names.computeIfAbsent(symbol, s -> Util.read(s.toString()));
      case Instant at -> Date.from(at);
      case byte[] bytes -> bytes;
      case Tagged(Symbol tag, Object inner) ->
          Util.read("#" + tag + " " + page.bits.edn.Edn.print(inner));
      case EdnList list -> PersistentList.create(all(list));
      case List<?> list -> PersistentVector.create(all(list));
      case Set<?> set -> PersistentHashSet.create(all(set));
      case Map<?, ?> map -> map(map);
      case null, default -> value;
    };
  }

  private Object map(Map<?, ?> map) {
    var entries = new ArrayList<@Nullable Object>();
    map.forEach(
        (key, value) -> {
          entries.add(convert(key));
          entries.add(convert(value));
        });
    return PersistentArrayMap.createAsIfByAssoc(entries.toArray());
  }

  List<@Nullable Object> all(Iterable<?> values) {
    var all = new ArrayList<@Nullable Object>();
    values.forEach(value -> all.add(convert(value)));
    return all;
  }
}
