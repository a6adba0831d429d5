/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.List;
import page.bits.db.Functions;
import page.bits.edn.Symbol;

/// Asks the predicates of attributes (`:db.attr/preds`) about every value that is asserted, also
/// where it is held already, never about one that is retracted. They hold from the transaction
/// after the one that set them. Stateless.
final class AttributePredicates {
  private AttributePredicates() {}

  static void check(Before before, List<Claim> asserted) {
    for (Claim claim : asserted) {
      for (Symbol predicate : claim.a().predicates()) {
        check(before, claim, predicate.toString());
      }
    }
  }

  private static void check(Before before, Claim claim, String name) {
    var predicate = UserCode.find(Functions.AttributePredicate.class, name, claim.form());
    Object answer = UserCode.call(before, name, claim.form(), () -> predicate.test(claim.v()));
    if (!Boolean.TRUE.equals(answer)) {
      throw Refusals.attributePredicate(claim, name, answer);
    }
  }
}
