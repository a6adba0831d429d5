/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
/// Datomic's own peer library, through its public Java API, as the judge of what Bits answers.
///
/// Not part of the ordinary build: the Maven profile `datomic` adds it, and `./bits torture
/// datomic` runs it. Start at [page.bits.datomic.DatomicContender].
@NullMarked
package page.bits.datomic;

import org.jspecify.annotations.NullMarked;
