/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.Optional;
import page.bits.edn.Keyword;

/// What the schema says of one attribute. Immutable.
///
/// `valueType`, `cardinality` and `unique` are idents such as `:db.type/string`. `isIndexed` is
/// what was asked for with `:db/index`; `hasAvet` whether the attribute is in AVET, which a unique
/// one is too.
public record AttributeInfo(
    long id,
    Keyword ident,
    Keyword valueType,
    Keyword cardinality,
    Optional<Keyword> unique,
    boolean isComponent,
    boolean isIndexed,
    boolean hasAvet,
    boolean hasNoHistory,
    boolean isEphemeral) {}
