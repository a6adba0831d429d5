/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.feed;

import java.time.Instant;
import java.util.Optional;

/// A post as pages show it. `version` is the t of the transaction that its text is from.
public record Post(
    PostRef ref, String text, Instant at, Optional<Instant> editedAt, long version) {}
