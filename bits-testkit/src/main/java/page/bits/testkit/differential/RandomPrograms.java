/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import page.bits.edn.Edn;

/// Programs from a seed: a schema, transactions that mostly succeed, and reads of every kind under
/// views of every kind. They keep off what is known to differ (`docs/datomic-differences.md`).
public final class RandomPrograms {
  /// The transactions that every program begins with.
  static final int BEFORE = 4;

  private final Random random;
  private final RandomForms forms;
  private final RandomReads reads;

  public RandomPrograms(long seed) {
    this.random = new Random(seed);
    this.forms = new RandomForms(random);
    this.reads = new RandomReads(random, forms);
  }

  /// The next program.
  public Program next() {
    var steps = new ArrayList<String>();
    steps.add(forms.schema());
    steps.add(forms.tuples());
    steps.add(forms.extras().schema());
    steps.add(forms.birth());
    int committed = BEFORE;
    int transactions = 3 + random.nextInt(6);
    for (int i = 0; i < transactions; i++) {
      steps.add(random.nextInt(8) == 0 ? forms.alteration() : forms.transaction());
      committed++;
      for (int r = random.nextInt(4); r > 0; r--) {
        steps.add(reads.step(committed));
      }
    }
    for (int r = 0; r < 6; r++) {
      steps.add(reads.step(committed));
    }
    List<Map<?, ?>> forms = new ArrayList<>();
    steps.forEach(step -> forms.add((Map<?, ?>) java.util.Objects.requireNonNull(Edn.read(step))));
    return new Program(forms);
  }
}
