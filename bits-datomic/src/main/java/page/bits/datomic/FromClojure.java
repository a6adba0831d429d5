/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.datomic;

import clojure.lang.BigInt;
import clojure.lang.ISeq;
import clojure.lang.Ratio;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// Answers of Datomic as EDN values of Bits.
final class FromClojure {
  private FromClojure() {}

  static @Nullable Object convert(@Nullable Object value) {
    return switch (value) {
      case clojure.lang.Keyword keyword -> keyword(keyword);
      case clojure.lang.Symbol symbol -> Symbol.of(symbol.toString());
      case Date date -> date.toInstant();
      case BigInt integer -> integer.toBigInteger();
      case Ratio ratio -> "ratio " + ratio;
      case datomic.Entity entity -> Map.of(Keyword.of("db/id"), entity.get(":db/id"));
      case Map<?, ?> map -> map(map);
      case Set<?> set -> new LinkedHashSet<>(list(set));
      case ISeq seq -> list((Collection<?>) seq);
      case Collection<?> list -> list(list);
      case null, default -> value;
    };
  }

  static Keyword keyword(clojure.lang.Keyword keyword) {
    return Keyword.of(keyword.getNamespace(), keyword.getName());
  }

  private static Map<@Nullable Object, @Nullable Object> map(Map<?, ?> map) {
    var converted = new LinkedHashMap<@Nullable Object, @Nullable Object>();
    map.forEach((key, value) -> converted.put(convert(key), convert(value)));
    return converted;
  }

  static List<@Nullable Object> list(Collection<?> values) {
    var all = new ArrayList<@Nullable Object>();
    values.forEach(value -> all.add(convert(value)));
    return all;
  }

  static Datom datom(datomic.Datom datom) {
    Object v = java.util.Objects.requireNonNull(convert(datom.v()));
    return new Datom((Long) datom.e(), number(datom.a()), v, number(datom.tx()), datom.added());
  }

  private static long number(Object number) {
    return ((Number) number).longValue();
  }
}
