/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.query.relation.Relation;
import page.bits.db.internal.query.relation.Ticker;

/// Reads the rows of a pattern in the way that was chosen.
final class PatternScan {
  private PatternScan() {}

  /// The rows over the pattern's variables: all that match, or those that the rows of the driver
  /// can be joined with.
  static Relation datoms(
      Step.ReadDatoms step, Access access, Map<Term.Variable, Object> pinned, Ticker ticker) {
    Rows rows = new Rows(step, ticker);
    Map<Term.Variable, Object> known = new HashMap<>(pinned);
    if (access.driver().isEmpty()) {
      rows.read(known, access.within().orElse(null));
      return rows.build();
    }
    Relation keys = access.driver().get().project(Set.copyOf(indexed(step)), ticker);
    for (Object[] key : keys.rows()) {
      for (int i = 0; i < key.length; i++) {
        known.put(keys.variables().get(i), key[i]);
      }
      rows.read(known, /* within= */ null);
    }
    return rows.build();
  }

  /// The variables that an index can find.
  private static List<Term.Variable> indexed(Step.ReadDatoms step) {
    var variables = new ArrayList<Term.Variable>();
    for (int i = Step.ReadDatoms.E; i <= Step.ReadDatoms.V; i++) {
      if (step.terms().get(i) instanceof Term.Variable variable) {
        variables.add(variable);
      }
    }
    return variables;
  }

  /// The rows of a collection that match.
  static Relation rows(Step.ReadRows step, Ticker ticker) {
    var distinct = new Relation.Distinct(step.matcher().variables());
    int width = step.matcher().positions();
    for (Object[] row : step.rows()) {
      ticker.tick();
      if (row.length < width) {
        throw QueryErrors.invalidInput(
            "rows of at least " + width, step.clause().form(), row.length);
      }
      Object[] found = step.matcher().match(Arrays.copyOf(row, width));
      if (found != null) {
        distinct.add(found);
      }
    }
    return distinct.build();
  }

  /// Collects the rows of one pattern; drops equal ones where blanks can make some.
  private static final class Rows {
    private final Step.ReadDatoms step;
    private final DatomReader reader;
    private final List<Object[]> all = new ArrayList<>();
    private final Relation.Distinct distinct;
    private final boolean hasBlank;
    private final Ticker ticker;

    Rows(Step.ReadDatoms step, Ticker ticker) {
      this.ticker = ticker;
      this.step = step;
      this.reader = new DatomReader(step.source());
      this.distinct = new Relation.Distinct(step.matcher().variables());
      this.hasBlank =
          step.source().isHistory() // the same fact, said by several transactions
              || step.terms()
                  .subList(Step.ReadDatoms.E, Step.ReadDatoms.TX)
                  .contains(Term.Blank.BLANK);
    }

    void read(Map<Term.Variable, Object> known, @Nullable ValueRange within) {
      Consumer<Datom> found = this::found;
      reader.read(
          Cost.known(step, Step.ReadDatoms.E, known),
          Cost.known(step, Step.ReadDatoms.A, known),
          Cost.known(step, Step.ReadDatoms.V, known),
          within,
          ticker,
          found);
    }

    private void found(Datom datom) {
      Object[] row =
          step.matcher().match(datom.e(), datom.a(), datom.v(), datom.tx(), datom.added());
      if (row == null) {
        return;
      }
      if (hasBlank) {
        distinct.add(row);
      } else {
        all.add(row);
        ticker.rows(all.size());
      }
    }

    Relation build() {
      return hasBlank ? distinct.build() : new Relation(step.matcher().variables(), all);
    }
  }
}
