/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.util.Map;
import java.util.Set;
import page.bits.testkit.differential.Contender.Refusal;

/// Which refusals mean the same. Where Datomic throws something without a code, any refusal of ours
/// agrees: there is nothing to compare it with.
final class Reasons {
  private static final Map<String, Set<String>> ALSO =
      Map.of(
          ":db.error/not-an-attribute", Set.of(":db.error/not-an-entity"),
          ":db.error/invalid-nested-entity", Set.of(":db.error/not-a-component"));

  private Reasons() {}

  static boolean isSame(String ours, Refusal theirs) {
    return ours.equals(theirs.code())
        || theirs.code().startsWith("untyped ")
        || ALSO.getOrDefault(ours, Set.of()).contains(theirs.code());
  }
}
