/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import org.jspecify.annotations.Nullable;

/// One top-level form of a text and where it begins; line and column from 1, columns in code
/// points.
public record EdnForm(@Nullable Object value, long line, long column) {}
