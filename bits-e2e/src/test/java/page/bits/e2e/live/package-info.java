/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
/// The live layer over real HTTP, with other programs as its clients.
@NullMarked
package page.bits.e2e.live;

import org.jspecify.annotations.NullMarked;
