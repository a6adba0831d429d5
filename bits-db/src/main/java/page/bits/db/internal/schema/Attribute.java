/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.schema;

import java.util.Set;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// What the schema says of one attribute. Immutable.
public record Attribute(
    long id,
    Keyword ident,
    ValueType type,
    boolean isMany,
    Uniqueness unique,
    boolean isIndexed,
    boolean isComponent,
    boolean isNoHistory,
    boolean isEphemeral,
    Tuple tuple,
    Set<Symbol> predicates) {
  public Attribute {
    predicates = Set.copyOf(predicates);
  }

  /// Whether a value may be held by one entity only.
  public enum Uniqueness {
    NONE,
    /// An entity that asserts a value held by another becomes that one (upsert).
    IDENTITY,
    /// An entity that asserts a value held by another is refused.
    VALUE
  }

  public boolean isRef() {
    return type == ValueType.REF;
  }

  public boolean isTuple() {
    return type == ValueType.TUPLE;
  }

  /// Whether Bits makes the values from those of other attributes.
  public boolean isComposite() {
    return tuple instanceof Tuple.Composite composite && !composite.isDiscontinued();
  }

  public boolean isUnique() {
    return unique != Uniqueness.NONE;
  }

  /// Whether the attribute's datoms stand in AVET.
  public boolean hasAvet() {
    return isIndexed || isUnique();
  }
}
