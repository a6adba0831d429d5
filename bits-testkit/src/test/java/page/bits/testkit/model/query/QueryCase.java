/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model.query;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import page.bits.db.Db;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// A database, a moment of it, and a query: what a property test of queries looks at. It goes to
/// EDN and back, so that a case that fails can be made smaller and shown.
///
/// The moment is `back` transactions before the newest; `$since` begins `since` before that.
record QueryCase(List<List<?>> transactions, long back, long since, RandomQuery query) {
  private static final List<String> KEYS =
      List.of(
          "transactions", "back", "since", "find", "where", "in", "rows", "rules", "collection");

  Map<Keyword, Object> toEdn() {
    List<Object> parts =
        List.of(
            transactions,
            back,
            since,
            query.find(),
            query.where(),
            query.in(),
            query.rows(),
            query.rules(),
            query.collection());
    var edn = new LinkedHashMap<Keyword, Object>();
    IntStream.range(0, KEYS.size()).forEach(i -> edn.put(Keyword.of(KEYS.get(i)), parts.get(i)));
    return edn;
  }

  @SuppressWarnings("unchecked") // what toEdn wrote; a case without a part is none and throws
  static QueryCase of(Object edn) {
    List<Object> part =
        KEYS.stream()
            .<Object>map(key -> Objects.requireNonNull(((Map<?, ?>) edn).get(Keyword.of(key)), key))
            .toList();
    return new QueryCase(
        (List<List<?>>) part.get(0),
        (Long) part.get(1),
        (Long) part.get(2),
        new RandomQuery(
            (List<Symbol>) part.get(3),
            (List<Object>) part.get(4),
            (List<Symbol>) part.get(5),
            (List<List<Object>>) part.get(6),
            (List<List<Object>>) part.get(7),
            (List<List<Object>>) part.get(8)));
  }

  QueryCase with(RandomQuery other) {
    return new QueryCase(transactions, back, since, other);
  }

  /// The query's view of the database and what it says there.
  Subject on(RandomDb made) {
    long newest = made.db().basisT();
    long t = newest - back;
    return new Subject(
        made, back == 0 ? made.db() : made.db().asOf(t), t, newest - 1 - since, query);
  }

  /// A query on a database value that lists of facts describe too.
  record Subject(RandomDb made, Db db, long t, long sinceT, RandomQuery query) {
    Object run(List<Object> where, List<?> find) {
      return Objects.requireNonNull(db.q(query.form(where, find), query.inputs(db, sinceT)));
    }

    ReferenceQuery reference() {
      var sources =
          Map.of(
              Symbol.of("$"), made.holding(-1, t),
              Symbol.of("$h"), made.history(t),
              Symbol.of("$since"), made.holding(sinceT, t),
              Symbol.of("$c"), query.collection());
      return new ReferenceQuery(new ReferenceQuery.World(sources, made.idents(), query.rules()));
    }
  }
}
