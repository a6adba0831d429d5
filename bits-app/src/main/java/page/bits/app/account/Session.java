/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.account;

import java.time.Instant;

/// An open session, as its owner sees it in a list.
public record Session(long entity, String key, String device, Instant since) {}
