/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

/// A place in a text: line and column from 1, columns in code points.
record EdnPosition(long line, long column) {}
