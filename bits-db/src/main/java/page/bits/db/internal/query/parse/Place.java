/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.parse;

/// Where a clause stands: the source that its patterns read unless they name one, and its scope.
record Place(String source, Scope scope) {
  Place on(String other) {
    return new Place(other, scope);
  }

  Place in(Scope inner) {
    return new Place(source, inner);
  }
}
