/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import page.bits.db.Db;
import page.bits.db.QueryRequest;
import page.bits.db.Rows;
import page.bits.db.internal.given.ParseCache;
import page.bits.db.internal.query.algebra.Find;
import page.bits.db.internal.query.algebra.Query;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.parse.QueryParser;
import page.bits.db.internal.query.parse.RequestParser;
import page.bits.db.internal.query.relation.Deadline;
import page.bits.db.internal.query.relation.Ticker;
import page.bits.db.internal.query.run.Inputs;
import page.bits.db.internal.query.run.Trace;
import page.bits.edn.Keyword;

/// The door to queries. Stateless to its users and thread-safe.
///
/// `query` is EDN text, a list or a map, or a request as a map; parsed queries are cached by
/// equality. An input is a database ([Db]), a collection, rules, or a value. Where `receiver` is
/// given, `$` is it, and the inputs line up with `:in` without `$`, unless they are as many as
/// `:in` has and a source stands at the place of `$`.
///
/// An interrupted thread ends its query with category interrupted.
public final class QueryEngine {
  private static final ParseCache<Query> PARSED = new ParseCache<>(QueryParser::parse);

  private QueryEngine() {}

  /// The result in Datomic's shape: for a relation an unmodifiable set of lists (a list of lists
  /// with `:with` or a pull; maps instead of lists with `:keys`), for `[?a ...]` a list, for `[?a
  /// ?b]` a list or null, for `?a .` a value or null. Every input is given.
  public static @Nullable Object q(QueryRequest request) {
    Query query = PARSED.parse(request.query());
    Trace trace = new Trace();
    try (Deadline deadline = deadline(request, query)) {
      var run = new QueryResult(query, request.inputs(), nesting(deadline), trace);
      Object result = run.shaped();
      if (!request.hasStats()) {
        return result;
      }
      Map<Keyword, @Nullable Object> withStats = new LinkedHashMap<>();
      withStats.put(Keyword.of("ret"), result);
      withStats.put(Keyword.of("query-stats"), trace.stats(request.query()));
      return withStats;
    }
  }

  /// As [#q(QueryRequest)], of a query or of a request as a map.
  public static @Nullable Object q(Object query, List<?> inputs) {
    return q(request(query, inputs.toArray()));
  }

  /// As [#q(Object, List)], with `$` for the receiver.
  public static @Nullable Object q(Object query, Db receiver, @Nullable Object... inputs) {
    return q(received(request(query, inputs), receiver));
  }

  /// The same rows for Java, whatever the shape of `:find`. Every input is given.
  public static Rows rows(QueryRequest request) {
    Query query = PARSED.parse(request.query());
    try (Deadline deadline = deadline(request, query)) {
      var run = new QueryResult(query, request.inputs(), nesting(deadline), new Trace());
      Optional<List<String>> names = query.find().keys().map(Find.Keys::names);
      return new QueryRows(run.rows(), names, query.find().elements().size());
    }
  }

  /// As [#rows(QueryRequest)], with `$` for the receiver.
  public static Rows rows(Object query, Db receiver, @Nullable Object... inputs) {
    return rows(received(request(query, inputs), receiver));
  }

  private static QueryRequest request(Object query, @Nullable Object... inputs) {
    return query instanceof Map<?, ?> map && RequestParser.isRequest(map)
        ? RequestParser.parse(map, inputs)
        : QueryRequest.of(query, inputs);
  }

  private static QueryRequest received(QueryRequest request, Db receiver) {
    return request.withInputs(
        Inputs.withReceiver(PARSED.parse(request.query()), receiver, request.inputs().toArray()));
  }

  /// The sooner of the two timeouts.
  private static Deadline deadline(QueryRequest request, Query query) {
    Duration inQuery = query.timeout().orElse(request.timeout());
    Duration sooner = inQuery.compareTo(request.timeout()) < 0 ? inQuery : request.timeout();
    return request.isLimited() || query.timeout().isPresent()
        ? Deadline.after(sooner)
        : Deadline.never();
  }

  private static Nesting nesting(Deadline deadline) {
    return new Nesting(new Ticker(deadline));
  }

  /// Runs queries inside queries, all on one ticker.
  record Nesting(Ticker ticker) {
    /// The query is the first argument, its inputs the others.
    @Nullable Object run(@Nullable Object[] arguments) {
      Object query = arguments[0];
      if (query == null) {
        throw QueryErrors.invalid("a query as first argument of q", null);
      }
      List<@Nullable Object> inputs = Arrays.asList(arguments).subList(1, arguments.length);
      ticker.enter();
      try {
        return new QueryResult(PARSED.parse(query), inputs, this, new Trace()).shaped();
      } finally {
        ticker.leave();
      }
    }
  }
}
