/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Index;
import page.bits.db.Partition;
import page.bits.db.TxReport;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;

/// A small random database, and every datom that was ever said in it, from the reports.
record RandomDb(Db db, List<Datom> said) {
  private static final String SCHEMA =
      """
      [{:db/ident :r/plain :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
       {:db/ident :r/indexed :db/valueType :db.type/long :db/cardinality :db.cardinality/one
        :db/index true}
       {:db/ident :r/text :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
       {:db/ident :r/key :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :r/tags :db/valueType :db.type/string :db/cardinality :db.cardinality/many
        :db/index true}
       {:db/ident :r/ref :db/valueType :db.type/ref :db/cardinality :db.cardinality/one}
       {:db/ident :r/refs :db/valueType :db.type/ref :db/cardinality :db.cardinality/many}]""";

  private static final RandomDb EMPTY = empty().with(forms(SCHEMA));

  private record Made(List<List<?>> transactions, RandomDb db) {}

  private static final AtomicReference<Made> LAST =
      new AtomicReference<>(new Made(List.of(), EMPTY));

  private static RandomDb empty() {
    String uri = "bits:mem:" + RandomDb.class.getName();
    try (Connection connection = Bits.connect(uri)) {
      Db db = connection.db();
      Iterable<Datom> birth = db.history().datoms(Index.EAVT);
      return new RandomDb(db, StreamSupport.stream(birth.spliterator(), false).toList());
    } finally {
      Bits.delete(uri);
    }
  }

  /// The transactions of a random database with so many entities: three, the later of which change
  /// some.
  static List<List<?>> transactions(Random random, int entities) {
    int some = Math.max(1, entities / 4);
    return List.of(
        forms(entities(random, entities)),
        forms(entities(random, some)),
        forms(change(random, some)));
  }

  /// The database after these; made once for a list that is asked for again.
  static RandomDb of(List<List<?>> transactions) {
    Made last = LAST.get();
    if (last.transactions.equals(transactions)) {
      return last.db;
    }
    RandomDb made = EMPTY;
    for (List<?> forms : transactions) {
      made = made.with(forms);
    }
    LAST.set(new Made(transactions, made));
    return made;
  }

  private RandomDb with(List<?> forms) {
    TxReport report = db.with(forms);
    var all = new ArrayList<>(said);
    all.addAll(report.txData());
    return new RandomDb(report.dbAfter(), all);
  }

  static List<?> forms(String text) {
    return (List<?>) Objects.requireNonNull(Edn.read(text));
  }

  private static String entities(Random random, int count) {
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
  private static String change(Random random, int count) {
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
      long at = datom.t();
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

  /// Everything that was ever said, up to t.
  List<List<Object>> history(long t) {
    return said.stream().filter(datom -> datom.t() <= t).map(RandomDb::row).toList();
  }

  private static List<Object> row(Datom datom) {
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
