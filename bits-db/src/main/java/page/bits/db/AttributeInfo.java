/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// What the schema says of one attribute. Immutable.
///
/// `valueType`, `cardinality` and `unique` are idents such as `:db.type/string`. `isIndexed` is
/// what was asked for with `:db/index`; `hasAvet` whether the attribute is in AVET, which a unique
/// one is too. `predicates` are the names in `:db.attr/preds`; `tuple` says what the values of an
/// attribute of tuples are made of, and is empty for every other.
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
    boolean isEphemeral,
    Set<Symbol> predicates,
    Optional<Tuple> tuple) {
  public AttributeInfo {
    predicates = Set.copyOf(predicates);
  }

  /// What tuples are made of. Immutable.
  public sealed interface Tuple {
    /// The values of these attributes of the same entity, kept by Bits (`:db/tupleAttrs`); no
    /// longer, once it is discontinued.
    record Composite(List<Keyword> attributes, boolean isDiscontinued) implements Tuple {
      public Composite {
        attributes = List.copyOf(attributes);
      }
    }

    /// A type for each slot (`:db/tupleTypes`), as `:db.type/string`.
    record Heterogeneous(List<Keyword> types) implements Tuple {
      public Heterogeneous {
        types = List.copyOf(types);
      }
    }

    /// One type for all slots, of which there are 2 to 8 (`:db/tupleType`).
    record Homogeneous(Keyword type) implements Tuple {}
  }
}
