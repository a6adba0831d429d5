/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import org.jspecify.annotations.Nullable;
import page.bits.db.internal.schema.Attribute;

/// One step of a transaction, with attributes resolved and values of their attribute's type.
///
/// Where an attribute is a reference, a value is an [EntityRef]. `form` is the index of the
/// submitted form it came from, for errors.
sealed interface Op {
  int form();

  /// What functions expand to.
  sealed interface Primitive extends Op {
    EntityRef e();

    Attribute a();
  }

  record Add(EntityRef e, Attribute a, Object v, int form) implements Primitive {}

  record Retract(EntityRef e, Attribute a, Object v, int form) implements Primitive {}

  /// Retracts all values of an attribute.
  record RetractAttribute(EntityRef e, Attribute a, int form) implements Primitive {}

  /// Retracts an entity with its components and all references to them.
  record RetractEntity(long e, int form) implements Op {}

  /// Ends a session with all ephemeral datoms that stand on it.
  record EndSession(long session, int form) implements Op {}

  /// Replaces a value if it is the expected one; null expects none.
  record CompareAndSet(long e, Attribute a, @Nullable Object expected, Object replacement, int form)
      implements Op {}
}
