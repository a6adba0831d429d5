/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.schema;

import page.bits.edn.Keyword;

/// The type of an attribute's values, and the Java class that holds them inside a datom.
public enum ValueType {
  BIGDEC(java.math.BigDecimal.class),
  BIGINT(java.math.BigInteger.class),
  BOOLEAN(Boolean.class),
  BYTES(page.bits.db.spi.Bytes.class),
  DOUBLE(Double.class),
  FLOAT(Float.class),
  INSTANT(java.time.Instant.class),
  KEYWORD(Keyword.class),
  LONG(Long.class),
  REF(Long.class),
  STRING(String.class),
  SYMBOL(page.bits.edn.Symbol.class),
  TUPLE(java.util.List.class),
  URI(java.net.URI.class),
  UUID(java.util.UUID.class);

  private final Class<?> javaType;
  private final Keyword ident;

  ValueType(Class<?> javaType) {
    this.javaType = javaType;
    this.ident = Keyword.of("db.type", name().toLowerCase(java.util.Locale.ROOT));
  }

  /// The class of every value of this type inside a datom.
  public Class<?> javaType() {
    return javaType;
  }

  /// Whether a slot of a tuple can be of this type.
  public boolean isInTuples() {
    return this != BYTES && this != FLOAT && this != TUPLE;
  }

  /// The type's ident, such as `:db.type/string`.
  public Keyword ident() {
    return ident;
  }
}
