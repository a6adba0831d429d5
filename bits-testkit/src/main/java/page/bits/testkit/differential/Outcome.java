/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import org.jspecify.annotations.Nullable;
import page.bits.edn.Edn;

/// What a step came to: a value in normal form, or a refusal.
public sealed interface Outcome {
  record Answered(@Nullable Object value) implements Outcome {
    @Override
    public String shown() {
      return Edn.printSorted(value);
    }
  }

  record Refused(Contender.Refusal refusal) implements Outcome {
    @Override
    public String shown() {
      return "refused " + refusal.code() + " | " + refusal.text();
    }
  }

  /// The outcome as text, for people.
  String shown();
}
