/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

/// A cell to be computed at one moment, not before a time.
record Job(Cell<?> cell, Moment moment, long notBeforeNanos, long number) {}
