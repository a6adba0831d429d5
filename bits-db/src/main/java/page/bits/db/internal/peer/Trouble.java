/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.time.Instant;
import page.bits.error.BitsException;

/// Why a storage does not answer, and since when by the clock of this process.
record Trouble(BitsException reason, Instant since) {}
