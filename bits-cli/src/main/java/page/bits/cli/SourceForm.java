/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import page.bits.edn.Edn;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// One top-level form of an input, and which one it is (from 1).
record SourceForm(int number, int count, @Nullable Object value) {
  /// All top-level forms; a syntax error anywhere refuses the whole text before anything is done.
  static List<SourceForm> readAll(String text) {
    List<@Nullable Object> values = Edn.readAll(text);
    if (values.isEmpty()) {
      throw new UsageException("There is no transaction in the input");
    }
    var forms = new ArrayList<SourceForm>();
    for (int i = 0; i < values.size(); i++) {
      forms.add(new SourceForm(i + 1, values.size(), values.get(i)));
    }
    return forms;
  }

  /// Runs what is done with this form; a refusal says where the form stands and how many
  /// transactions were committed before it.
  <T> T placed(int done, Supplier<T> work) {
    try {
      return work.get();
    } catch (BitsException e) {
      if (count == 1) {
        throw e;
      }
      throw new PlacedException(
          e,
          ErrorData.of("form", number).and("forms", count).and("committed", done),
          "Form " + number + " of " + count + "; committed before it: " + done);
    }
  }
}
