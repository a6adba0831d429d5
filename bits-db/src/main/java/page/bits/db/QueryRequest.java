/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A query with its inputs and how it is to run, in one value for [Bits#query(QueryRequest)].
/// Immutable.
///
///     Bits.query(QueryRequest.of("[:find ?n :where [_ :user/name ?n]]", db)
///         .timeout(Duration.ofSeconds(2)))
///
/// The same as a map, for [Bits#q(Object, Object...)] and [Db#q(Object, Object...)]:
/// `{:query … :args […] :timeout 2000 :query-stats true}`, the timeout in milliseconds.
public final class QueryRequest {
  /// Longer than any query runs: no timeout.
  private static final Duration FOREVER = Duration.ofDays(10_000);

  private final Object query;
  private final List<@Nullable Object> inputs;
  private final Duration timeout;
  private final boolean hasStats;

  private QueryRequest(
      Object query, List<@Nullable Object> inputs, Duration timeout, boolean hasStats) {
    this.query = Objects.requireNonNull(query);
    this.inputs = Collections.unmodifiableList(new ArrayList<>(inputs));
    this.timeout = Objects.requireNonNull(timeout);
    this.hasStats = hasStats;
  }

  /// A query, EDN text or a parsed form, with every input that its `:in` names.
  public static QueryRequest of(Object query, @Nullable Object... inputs) {
    return new QueryRequest(query, Arrays.asList(inputs), FOREVER, /* hasStats= */ false);
  }

  /// The same request with other inputs.
  public QueryRequest withInputs(List<? extends @Nullable Object> others) {
    return new QueryRequest(query, new ArrayList<>(others), timeout, hasStats);
  }

  /// The query ends after about this long with `:db.error/query-timeout`.
  public QueryRequest timeout(Duration longest) {
    return new QueryRequest(query, inputs, longest, hasStats);
  }

  /// The result is a map: `:ret` is what the query gives otherwise, `:query-stats` says which
  /// clauses ran in which order, what they were guessed to cost, and how many rows went in and out.
  public QueryRequest withStats() {
    return new QueryRequest(query, inputs, timeout, /* hasStats= */ true);
  }

  public Object query() {
    return query;
  }

  public List<@Nullable Object> inputs() {
    return inputs;
  }

  public Duration timeout() {
    return timeout;
  }

  public boolean hasStats() {
    return hasStats;
  }

  /// Whether a timeout was set.
  public boolean isLimited() {
    return !timeout.equals(FOREVER);
  }
}
