/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.BitSet;
import java.util.Set;
import page.bits.db.internal.query.algebra.Term;

/// One way to call a rule: with the values that these variables have for these positions (and the
/// constants among them). Without variables it is called once.
///
/// `cost` is about what the rule will read and find.
record CallAccess(BitSet bound, Set<Term.Variable> from, double cost) {}
