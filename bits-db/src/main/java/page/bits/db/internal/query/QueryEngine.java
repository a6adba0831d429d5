/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import page.bits.db.Db;
import page.bits.db.Rows;
import page.bits.db.internal.given.ParseCache;
import page.bits.db.internal.pull.PullEngine;
import page.bits.db.internal.query.algebra.DataSource;
import page.bits.db.internal.query.algebra.Find;
import page.bits.db.internal.query.algebra.Query;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.parse.QueryParser;
import page.bits.db.internal.query.relation.Ticker;
import page.bits.db.internal.query.run.Inputs;
import page.bits.db.internal.query.run.QueryRun;

/// The door to queries. Stateless to its users and thread-safe.
///
/// `query` is EDN text, a list or a map; parsed queries are cached by equality. An input is a
/// database ([Db] or [page.bits.db.internal.index.DatomSource]), a collection, or a value. Where
/// `receiver` is given, `$` is it, and the inputs line up with `:in` without `$`, unless they are
/// as many as `:in` has and a source stands at the place of `$`.
///
/// An interrupted thread ends its query with category interrupted.
public final class QueryEngine {
  private static final ParseCache<Query> PARSED = new ParseCache<>(QueryParser::parse);

  private QueryEngine() {}

  /// The result in Datomic's shape: for a relation an unmodifiable set of lists (a list of lists
  /// with `:with` or a pull; maps instead of lists with `:keys`), for `[?a ...]` a list, for `[?a
  /// ?b]` a list or null, for `?a .` a value or null. Every input is given.
  public static @Nullable Object q(Object query, List<?> inputs) {
    Query parsed = PARSED.parse(query);
    Run run = new Run(parsed, inputs);
    return run.result.shaped(run.rows);
  }

  /// As [#q(Object, List)], with `$` for the receiver.
  public static @Nullable Object q(Object query, Db receiver, @Nullable Object... inputs) {
    return q(query, Inputs.withReceiver(PARSED.parse(query), receiver, inputs));
  }

  /// The same rows for Java, whatever the shape of `:find`. Every input is given.
  public static Rows rows(Object query, List<?> inputs) {
    Query parsed = PARSED.parse(query);
    Run run = new Run(parsed, inputs);
    Optional<List<String>> names = parsed.find().keys().map(Find.Keys::names);
    return new QueryRows(run.rows, names, parsed.find().elements().size());
  }

  /// As [#rows(Object, List)], with `$` for the receiver.
  public static Rows rows(Object query, Db receiver, @Nullable Object... inputs) {
    return rows(query, Inputs.withReceiver(PARSED.parse(query), receiver, inputs));
  }

  /// A query in a query: its form, then its inputs.
  private static @Nullable Object nested(@Nullable Object[] arguments) {
    Object query = arguments[0];
    if (query == null) {
      throw QueryErrors.invalid("a query as first argument of q", null);
    }
    return q(query, Arrays.asList(arguments).subList(1, arguments.length));
  }

  /// One run of a query: from inputs to rows.
  private static final class Run {
    final FindResult result;
    final List<List<@Nullable Object>> rows;

    Run(Query query, List<?> given) {
      Inputs inputs = Inputs.bind(query, given, QueryEngine::nested);
      this.result = new FindResult(query, (element, entity) -> pull(inputs, element, entity));
      this.rows = result.rows(QueryRun.rows(query, inputs, FindResult.basis(query), new Ticker()));
    }

    private static Object pull(Inputs inputs, Find.Element.Pull element, Object entity) {
      if (!(inputs.sources().byName().get(element.source())
          instanceof DataSource.Database database)) {
        throw QueryErrors.invalidInput("a database to pull from", element.source(), null);
      }
      Object pattern =
          switch (element.pattern()) {
            case Find.PatternRef.Literal literal -> literal.form();
            case Find.PatternRef.Named named ->
                java.util.Objects.requireNonNull(inputs.patterns().get(named.name()));
          };
      return PullEngine.pull(database.datoms(), pattern, entity);
    }
  }
}
