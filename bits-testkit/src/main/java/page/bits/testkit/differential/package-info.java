/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
/// The same programs on two databases, and where their answers differ.
///
/// A [page.bits.testkit.differential.Program] is EDN: transactions, queries, pulls and index reads,
/// under views of time. It names entities and transactions by what made them, so that it means the
/// same on databases that give out other numbers. A [page.bits.testkit.differential.Contender] runs
/// its steps; answers are brought into one form ([page.bits.testkit.differential.Normal]) and
/// compared. Programs are written by hand ([page.bits.testkit.differential.Probe]) or made from a
/// seed ([page.bits.testkit.differential.RandomPrograms]); one that shows a difference is shrunk by
/// deletion.
///
/// Start at [page.bits.testkit.differential.Play].
@NullMarked
package page.bits.testkit.differential;

import org.jspecify.annotations.NullMarked;
