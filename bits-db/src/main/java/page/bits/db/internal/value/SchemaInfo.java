/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.value;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Optional;
import page.bits.db.AttributeInfo;
import page.bits.db.DbStats;
import page.bits.db.Index;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.index.MemoryIndex;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Schema;
import page.bits.db.internal.schema.Tuple;
import page.bits.db.internal.schema.ValueType;
import page.bits.edn.Keyword;

/// What a database says of its attributes, for people.
final class SchemaInfo {
  private SchemaInfo() {}

  static Optional<AttributeInfo> attribute(Schema schema, Object name) {
    Keyword ident = Given.keyword(name);
    Optional<Attribute> found =
        ident != null
            ? schema.attribute(ident)
            : Optional.ofNullable(Given.integer(name)).flatMap(schema::attribute);
    return found.map(attribute -> info(schema, attribute));
  }

  private static AttributeInfo info(Schema schema, Attribute attribute) {
    return new AttributeInfo(
        attribute.id(),
        attribute.ident(),
        attribute.type().ident(),
        Keyword.of("db.cardinality", attribute.isMany() ? "many" : "one"),
        switch (attribute.unique()) {
          case NONE -> Optional.empty();
          case IDENTITY -> Optional.of(Keyword.of("db.unique", "identity"));
          case VALUE -> Optional.of(Keyword.of("db.unique", "value"));
        },
        attribute.isComponent(),
        attribute.isIndexed(),
        attribute.hasAvet(),
        attribute.isNoHistory(),
        attribute.isEphemeral(),
        attribute.predicates(),
        tuple(schema, attribute.tuple()));
  }

  private static Optional<AttributeInfo.Tuple> tuple(Schema schema, Tuple tuple) {
    return switch (tuple) {
      case Tuple.None _ -> Optional.empty();
      case Tuple.Composite composite ->
          Optional.of(
              new AttributeInfo.Tuple.Composite(
                  composite.attributes().stream()
                      .map(member -> schema.attribute(member).orElseThrow().ident())
                      .toList(),
                  composite.isDiscontinued()));
      case Tuple.Heterogeneous heterogeneous ->
          Optional.of(
              new AttributeInfo.Tuple.Heterogeneous(
                  heterogeneous.types().stream().map(ValueType::ident).toList()));
      case Tuple.Homogeneous homogeneous ->
          Optional.of(new AttributeInfo.Tuple.Homogeneous(homogeneous.type().ident()));
    };
  }

  /// Every word of the index, by attribute; attributes without any are left out.
  static DbStats stats(MemoryIndex index, Schema schema) {
    var counts = new LinkedHashMap<Keyword, Long>();
    schema.attributes().stream()
        .sorted(Comparator.comparing(attribute -> attribute.ident().toString()))
        .forEach(
            attribute -> {
              long count = index.count(Ranges.a(attribute.id()));
              if (count > 0) {
                counts.put(attribute.ident(), count);
              }
            });
    return new DbStats(index.count(Ranges.all(Index.EAVT)), counts);
  }
}
