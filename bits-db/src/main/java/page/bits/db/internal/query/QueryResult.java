/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.pull.PullEngine;
import page.bits.db.internal.query.algebra.DataSource;
import page.bits.db.internal.query.algebra.Find;
import page.bits.db.internal.query.algebra.Query;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.run.Inputs;
import page.bits.db.internal.query.run.QueryRun;
import page.bits.db.internal.query.run.Trace;

/// One run of a query: from inputs to what it finds.
final class QueryResult {
  private final FindResult result;
  private final List<List<@Nullable Object>> rows;

  QueryResult(Query query, List<?> given, QueryEngine.Nesting nesting, Trace trace) {
    Inputs inputs = Inputs.bind(query, given, nesting::run);
    this.result =
        new FindResult(
            query,
            inputs.sources().byName(),
            (element, entity) -> {
              nesting.ticker().call();
              return pull(inputs, element, entity);
            });
    this.rows =
        result.rows(QueryRun.rows(query, inputs, FindResult.basis(query), nesting.ticker(), trace));
  }

  /// The rows; where they are pulled, each when it is asked for.
  List<List<@Nullable Object>> rows() {
    return rows;
  }

  /// The rows in the shape of `:find`.
  @Nullable Object shaped() {
    return result.shaped(rows);
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
              Objects.requireNonNull(inputs.patterns().get(named.name()));
        };
    return PullEngine.pull(database.datoms(), pattern, entity);
  }
}
