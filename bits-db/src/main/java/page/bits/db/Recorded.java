/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import org.jspecify.annotations.Nullable;

/// The result of a computation on a database value, and what it read.
public record Recorded<T extends @Nullable Object>(T result, ReadSet reads) {}
