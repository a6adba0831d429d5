/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import page.bits.db.Datom;
import page.bits.db.Partition;
import page.bits.db.internal.schema.Attribute.Uniqueness;
import page.bits.db.spi.Bytes;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;

class BirthTest {
  /// The birth is part of the format: if this fails, every existing database is another.
  @Test
  void datoms_areThoseOfTheFormat() throws NoSuchAlgorithmException {
    var text = new StringBuilder();
    for (Datom datom : Birth.datoms()) {
      text.append(Edn.print(Edn.vector(datom.e(), datom.a(), datom.v(), datom.tx(), datom.added())))
          .append('\n');
    }

    assertThat(Birth.datoms()).hasSize(224);
    assertThat(digest(text.toString()))
        .isEqualTo("cf295017dbd1614291938e3b188f2be827c07a2084a33a6348ae6c6984939763");
  }

  private static String digest(String text) throws NoSuchAlgorithmException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(bytes)).toString();
  }

  @Test
  void datoms_areASetAtTheBirthTransaction() {
    assertThat(new HashSet<>(Birth.datoms())).hasSameSizeAs(Birth.datoms());
    assertThat(Birth.datoms())
        .allMatch(datom -> datom.tx() == Partition.tx(0) && datom.added())
        .allMatch(datom -> Birth.isBorn(datom.e()))
        .allMatch(datom -> datom.a() < Ids.FIRST_ELEMENT);
  }

  @Test
  void schema_knowsItsOwnAttributes() {
    Schema schema = Birth.schema();

    assertThat(schema.attribute(Keyword.of(":db/ident")))
        .hasValueSatisfying(
            a -> {
              assertThat(a.id()).isEqualTo(Ids.IDENT);
              assertThat(a.unique()).isEqualTo(Uniqueness.IDENTITY);
              assertThat(a.type()).isEqualTo(ValueType.KEYWORD);
            });
    assertThat(schema.attribute(Keyword.of(":db/txInstant")))
        .hasValueSatisfying(a -> assertThat(a.hasAvet()).isTrue());
    assertThat(schema.attribute(Keyword.of(":db/valueType")))
        .hasValueSatisfying(a -> assertThat(a.isRef()).isTrue());
    assertThat(schema.attribute(Keyword.of(":bits.tx/id")))
        .hasValueSatisfying(a -> assertThat(a.type()).isEqualTo(ValueType.UUID));
    assertThat(schema.entid(Keyword.of(":bits/database"))).hasValue(Ids.BITS_DATABASE);
  }

  @Test
  void everyValueTypeAndBornAttribute_hasAnIdentAndADoc() {
    Schema schema = Birth.schema();
    for (ValueType type : ValueType.values()) {
      long id = schema.entid(type.ident()).orElseThrow();
      assertThat(Schema.typeOf(id)).contains(type);
    }
    for (Datom datom : Birth.datoms()) {
      if (datom.e() != Partition.tx(0)) {
        assertThat(schema.ident(datom.e())).isPresent();
        assertThat(Birth.datoms())
            .anyMatch(other -> other.e() == datom.e() && other.a() == Ids.DOC);
      }
    }
  }
}
