/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import page.bits.db.Datom;

/// A transaction that can be committed: its t, the next free numbers after it, its datoms
/// (txInstant first) and the ids of the tempids that its caller named.
public record Evaluated(
    long t,
    long nextEntity,
    long nextElement,
    Instant txInstant,
    List<Datom> datoms,
    Map<String, Long> tempids) {
  public Evaluated {
    datoms = List.copyOf(datoms);
    tempids =
        tempids.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(tempids));
  }
}
