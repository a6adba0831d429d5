/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.TxReport;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;

/// Prints a report as one EDN map on one line, keys always in the same order.
final class ReportPrinter {
  private ReportPrinter() {}

  static String print(TxReport report) {
    var map = new LinkedHashMap<Object, @Nullable Object>();
    map.put(Keyword.of("cursor"), report.cursor().toString());
    map.put(Keyword.of("t"), report.t());
    map.put(Keyword.of("prev-t"), report.prevT());
    map.put(Keyword.of("tx"), report.tx());
    map.put(Keyword.of("tx-instant"), report.txInstant());
    map.put(Keyword.of("tempids"), new TreeMap<>(report.tempids()));
    map.put(Keyword.of("tx-data"), datoms(report));
    return Edn.print(map);
  }

  private static List<List<@Nullable Object>> datoms(TxReport report) {
    Db after = report.dbAfter();
    Map<Long, Object> idents = new LinkedHashMap<>();
    var rows = new ArrayList<List<@Nullable Object>>();
    for (Datom datom : report.txData()) {
      Object attribute = idents.computeIfAbsent(datom.a(), a -> ident(after, a));
      rows.add(
          Edn.vector(datom.e(), attribute, Printable.of(datom.v()), datom.tx(), datom.added()));
    }
    return rows;
  }

  private static Object ident(Db db, long attribute) {
    return db.ident(attribute).<Object>map(keyword -> keyword).orElse(attribute);
  }
}
