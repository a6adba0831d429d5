/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.parse;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import page.bits.db.QueryRequest;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.schema.NearNames;
import page.bits.edn.Keyword;

/// Reads a request as a map: `{:query … :args […] :timeout ms :query-stats true}`.
public final class RequestParser {
  private static final List<String> KEYS =
      List.of(":query", ":args", ":timeout", ":query-stats", ":io-context");

  private RequestParser() {}

  /// Whether the form is a request, and not a query.
  public static boolean isRequest(@Nullable Object form) {
    return form instanceof Map<?, ?> map
        && (map.containsKey(Keyword.of("query")) || map.containsKey(":query"));
  }

  /// The request that the map means; `inputs` are those that stand beside it.
  public static QueryRequest parse(Map<?, ?> map, @Nullable Object... inputs) {
    Map<String, @Nullable Object> parts = parts(map);
    Object query = parts.get(":query");
    if (query == null) {
      throw QueryErrors.invalid("a query under :query", map);
    }
    @Nullable Object[] given = inputs;
    if (parts.get(":args") != null) {
      given = Forms.list(parts.get(":args"), "a list under :args").toArray();
      if (inputs.length > 0) {
        throw QueryErrors.invalid("inputs under :args or beside the request", map.keySet());
      }
    }
    QueryRequest request = QueryRequest.of(query, given);
    if (parts.get(":timeout") != null) {
      request = request.timeout(timeout(parts.get(":timeout")));
    }
    return Boolean.TRUE.equals(parts.get(":query-stats")) ? request.withStats() : request;
  }

  private static Map<String, @Nullable Object> parts(Map<?, ?> map) {
    Map<String, @Nullable Object> parts = new HashMap<>();
    map.forEach(
        (key, value) -> {
          Keyword name = Given.keyword(key);
          if (name == null || !KEYS.contains(name.toString())) {
            throw QueryErrors.unknownKey(
                String.valueOf(key), NearNames.of(String.valueOf(key), KEYS));
          }
          if (name.toString().equals(":io-context")) {
            throw QueryErrors.unsupported(":io-context", map.keySet());
          }
          parts.put(name.toString(), value);
        });
    return parts;
  }

  /// Milliseconds, more than none.
  static Duration timeout(@Nullable Object form) {
    Long millis = Given.integer(form);
    if (millis == null || millis <= 0) {
      throw QueryErrors.invalid("a timeout in milliseconds, a positive whole number", form);
    }
    return Duration.ofMillis(millis);
  }
}
