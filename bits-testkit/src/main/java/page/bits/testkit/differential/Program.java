/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;

/// A list of steps, each an EDN map; immutable.
///
/// | step | what it does |
/// |---|---|
/// | `{:schema {:p/name [:string :many :identity]}}` | commits attributes; see [Schemas] |
/// | `{:tx [forms]}` | commits; without an instant of its own it gets one, a second after the one before |
/// | `{:with [forms]}` | the report that they would give |
/// | `{:q query :in [inputs]}` | asks; the view comes before the inputs, unless `:sources :given` |
/// | `{:pull pattern :of e}`, `{:pull-many pattern :of [e]}` | pulls |
/// | `{:datoms [:eavt c …]}`, `{:seek [:avet c …]}`, `{:range [a start end]}` | read an index, at most `:max` datoms |
/// | `{:index-pull {…}}` | pulls along an index |
/// | `{:entid e}`, `{:ident e}`, `{:touch e}`, `{:entid-at [partition point]}` | one entity |
/// | `{:tx-range [start end]}`, `{:basis true}` | the log, the basis |
///
/// A `:seek` with `:within true` ends at the end of its attribute. Reads are of `:view`, a list of
/// `[:as-of point]`, `[:since point]`, `[:history]`, `[:with [forms]]`, `[:without a]` and
/// `[:unflagged a]` (filters of [Contender]) from left to right on the newest value. In all of it
/// `#e "name"` is the entity that the tempid became in an earlier `:tx`, `#t n`, `#tx n` and `#at
/// n` are the t, the entity and the instant of the n-th committed transaction (from 0), `#db
/// [view]` is a database value, `#log []` the log, and `#bytes "00ff"` an array of bytes. Functions
/// and predicates are those of [JudgeFunctions].
public record Program(List<Map<?, ?>> steps) {
  public Program {
    steps = List.copyOf(steps);
  }

  /// A program from EDN text: a vector of steps.
  public static Program read(String text) {
    return of(Edn.read(text));
  }

  static Program of(@Nullable Object form) {
    List<?> steps = (List<?>) Objects.requireNonNull(form);
    return new Program(steps.stream().<Map<?, ?>>map(step -> (Map<?, ?>) step).toList());
  }

  static @Nullable Object get(Map<?, ?> step, String key) {
    return step.get(Keyword.of(key));
  }

  /// One step a line.
  public String shown() {
    var text = new StringBuilder("[");
    for (Map<?, ?> step : steps) {
      text.append(text.length() == 1 ? "" : "\n ").append(Edn.print(step));
    }
    return text.append("]").toString();
  }
}
