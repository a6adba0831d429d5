/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
/// The code of the tutorial (`docs/tutorial`) and the guides (`docs/guides`), one class a page:
/// what the pages show is what runs here. Not null-marked, since most readers do not run the
/// checker.
package page.bits.e2e.docs.tutorial;
