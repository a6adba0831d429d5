/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A tagged element whose tag has no reader here; printing it gives the same element back.
public record Tagged(Symbol tag, @Nullable Object value) {
  public Tagged {
    Objects.requireNonNull(tag);
  }
}
