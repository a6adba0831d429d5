/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.site;

import java.time.InstantSource;
import page.bits.app.account.Attempts;
import page.bits.app.account.Passwords;

/// What the actions need beside the database.
public record Services(Passwords passwords, Attempts attempts, InstantSource clock) {}
