/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Partition;
import page.bits.db.TxReport;
import page.bits.db.internal.TestDb;
import page.bits.db.internal.schema.Birth;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;

/// A small random database, and every datom that was ever said in it, from the reports.
record RandomDb(Db db, List<Datom> said) {
  private static final String SCHEMA =
      "["
          + String.join(
              "\n",
              TestDb.attribute(":r/plain", "long", "one", ""),
              TestDb.attribute(":r/indexed", "long", "one", ":db/index true"),
              TestDb.attribute(":r/text", "string", "one", ""),
              TestDb.attribute(":r/key", "string", "one", ":db/unique :db.unique/identity"),
              TestDb.attribute(":r/tags", "string", "many", ":db/index true"),
              TestDb.attribute(":r/ref", "ref", "one", ""),
              TestDb.attribute(":r/refs", "ref", "many", ""))
          + "]";

  /// So many entities, in three transactions, the later of which change some.
  static RandomDb of(Random random, int entities) {
    var made = new RandomDb(TestDb.of(), List.copyOf(Birth.datoms()));
    return made.with(SCHEMA)
        .with(entities(random, entities))
        .with(entities(random, Math.max(1, entities / 4)))
        .with(change(random, Math.max(1, entities / 4)));
  }

  private RandomDb with(String forms) {
    TxReport report = db.with((List<?>) Objects.requireNonNull(Edn.read(forms)));
    var all = new ArrayList<>(said);
    all.addAll(report.txData());
    return new RandomDb(report.dbAfter(), all);
  }

  static String entities(Random random, int count) {
    var text = new StringBuilder("[");
    for (int i = 0; i < count; i++) {
      text.append("{:db/id \"%d\" :r/key \"k%d\"".formatted(i, i));
      if (random.nextBoolean()) {
        text.append(" :r/plain ").append(random.nextInt(6));
      }
      if (random.nextBoolean()) {
        text.append(" :r/indexed ").append(random.nextInt(8));
      }
      if (random.nextBoolean()) {
        text.append(" :r/text \"s").append(random.nextInt(5)).append('"');
      }
      if (random.nextBoolean()) {
        text.append(" :r/tags [\"s%d\" \"s%d\"]".formatted(random.nextInt(5), random.nextInt(5)));
      }
      if (random.nextBoolean()) {
        text.append(" :r/ref \"").append(random.nextInt(count)).append('"');
      }
      if (random.nextInt(3) == 0) {
        text.append(
            " :r/refs [\"%d\" \"%d\"]".formatted(random.nextInt(count), random.nextInt(count)));
      }
      text.append("}\n");
    }
    return text.append("]").toString();
  }

  /// Retracts and asserts a little of the first entities.
  static String change(Random random, int count) {
    var text = new StringBuilder("[");
    for (int i = 0; i < count; i++) {
      String entity = "[:r/key \"k%d\"]".formatted(i);
      switch (random.nextInt(4)) {
        case 0 -> text.append("[:db/retract %s :r/plain]".formatted(entity));
        case 1 -> text.append("[:db/retract %s :r/tags]".formatted(entity));
        case 2 -> text.append("[:db/add %s :r/indexed %d]".formatted(entity, random.nextInt(8)));
        default -> text.append("[:db/retract %s :r/ref]".formatted(entity));
      }
    }
    return text.append("]").toString();
  }

  /// What holds after all that was said up to t, later than `after`.
  List<List<Object>> holding(long after, long t) {
    Set<List<Object>> holding = new LinkedHashSet<>();
    Map<List<Object>, List<Object>> facts = new HashMap<>();
    for (Datom datom : said) {
      long at = Partition.counter(datom.tx());
      if (at > after && at <= t) {
        List<Object> key = List.of(datom.e(), datom.a(), datom.v());
        List<Object> known = datom.added() ? facts.put(key, row(datom)) : facts.remove(key);
        if (known != null) {
          holding.remove(known);
        }
        if (datom.added()) {
          holding.add(row(datom));
        }
      }
    }
    return List.copyOf(holding);
  }

  /// Everything that was ever said.
  List<List<Object>> history() {
    return said.stream().map(RandomDb::row).toList();
  }

  static List<Object> row(Datom datom) {
    return List.of(datom.e(), datom.a(), datom.v(), datom.tx(), datom.added());
  }

  /// The entities that are no schema and no transaction.
  List<Long> entities() {
    List<Long> entities =
        said.stream()
            .map(Datom::e)
            .filter(e -> Partition.of(e) == Partition.USER)
            .distinct()
            .toList();
    return entities.isEmpty() ? List.of(1L) : entities;
  }

  Map<Keyword, Long> idents() {
    var idents = new HashMap<Keyword, Long>();
    Long ident = 10L;
    for (Datom datom : said) {
      if (ident.equals(datom.a())) {
        idents.put((Keyword) datom.v(), datom.e());
      }
    }
    return idents;
  }
}
