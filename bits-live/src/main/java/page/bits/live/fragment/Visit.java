/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import page.bits.live.Page;
import page.bits.live.Viewer;

/// Somebody wants to see a page; `network` is where they come from, for the limits of one address.
public record Visit(Page page, Page.Params params, Viewer viewer, String network) {}
