/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.text;

/// A link of a profile: what to show, and an address of http, https or mailto.
public record Link(String label, String url) {}
