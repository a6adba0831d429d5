/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.Partition;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;
import page.bits.edn.Tagged;

/// Brings the answers of one database into a form that is the same for all: entity ids and
/// transactions as the names that the program has for them, attributes as idents, sets (and what
/// has no order) as sorted lists.
final class Normal {
  private static final long INSTALL_PARTITION = 11;
  private static final long INSTALL_FUNCTION = 14;
  private static final long ALTER_ATTRIBUTE = 19;

  /// Numbers from here to the end of the schema partition may be of attributes; programs use none.
  private static final long FIRST_ELEMENT = 64;

  private static final long LAST_ELEMENT = 5000;

  private final Contender contender;
  private final Names names;

  Normal(Contender contender, Names names) {
    this.contender = contender;
    this.names = names;
  }

  /// The answer of a query: rows of a set in one order; of a list too, since a database may give
  /// them in any.
  @Nullable Object answer(@Nullable Object answer) {
    return answer instanceof Collection<?> rows && !(answer instanceof Map) && isRows(rows)
        ? sorted(rows)
        : value(answer);
  }

  /// Whether it is rows, and not one row: a tuple is a list whose elements are no rows.
  private static boolean isRows(Collection<?> rows) {
    return rows instanceof Set
        || rows.stream().anyMatch(row -> row instanceof List || row instanceof Map);
  }

  List<@Nullable Object> sorted(Collection<?> rows) {
    List<@Nullable Object> all = list(rows);
    all.sort(Edn.order());
    return all;
  }

  List<@Nullable Object> list(Collection<?> all) {
    var normal = new ArrayList<@Nullable Object>();
    all.forEach(each -> normal.add(pulled(each)));
    return normal;
  }

  /// The result of a pull: its lists have the order of entity ids, which is not the same
  /// everywhere.
  @Nullable Object pulled(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var normal = new LinkedHashMap<@Nullable Object, @Nullable Object>();
        map.forEach(
            (key, v) ->
                normal.put(
                    value(key),
                    v instanceof Collection<?> list && !(v instanceof Map)
                        ? sorted(list)
                        : pulled(v)));
        yield normal;
      }
      case null, default -> value(value);
    };
  }

  /// A value with its entity ids named.
  @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case Long number -> number(number);
      case Integer number -> number(number);
      case BigDecimal number -> number;
      case BigInteger number -> number;
      case Float number -> new Tagged(Symbol.of("float"), number.toString()); // EDN has none
      case Set<?> set -> sorted(set);
      case Collection<?> list -> list(list);
      case Map<?, ?> _ -> pulled(value);
      case byte[] bytes -> java.util.HexFormat.of().formatHex(bytes);
      case page.bits.db.spi.Bytes bytes -> java.util.HexFormat.of().formatHex(bytes.toArray());
      case null, default -> value;
    };
  }

  private Object number(long number) {
    if (number >= FIRST_ELEMENT && number < LAST_ELEMENT) {
      Keyword ident = contender.ident(contender.db(), number);
      return ident == null ? (Object) number : new Tagged(Symbol.of("a"), ident);
    }
    var name = names.name(number);
    return name.isPresent() ? name.get() : (Object) number;
  }

  /// As a set: the order among entities is that of their ids, and Datomic reports a retraction
  /// twice that is said and implied.
  List<?> datoms(List<Datom> datoms) {
    return datoms.stream()
        .filter(datom -> !isInstallation(datom))
        .map(this::datom)
        .distinct()
        .sorted(Edn.order())
        .toList();
  }

  /// The values in the order of the index, and which datoms they are.
  Object inOrder(List<Datom> datoms) {
    return List.of(datoms.stream().map(datom -> value(datom.v())).toList(), datoms(datoms));
  }

  private static boolean isInstallation(Datom datom) {
    return (datom.a() >= INSTALL_PARTITION && datom.a() <= INSTALL_FUNCTION)
        || datom.a() == ALTER_ATTRIBUTE;
  }

  private List<@Nullable Object> datom(Datom datom) {
    return Edn.vector(
        value(datom.e()), attribute(datom.a()), value(datom.v()), value(datom.tx()), datom.added());
  }

  /// The ident of the partition that an entity lies in, or its number.
  Object partition(long entityId) {
    long partition = Partition.of(entityId);
    Keyword ident =
        Partition.isImplicit(partition)
            ? null
            : contender.ident(contender.db(), Partition.entity(partition));
    return ident == null ? (Object) partition : ident;
  }

  /// The partitions of the entities that lie elsewhere than most do.
  Map<Object, Object> partitions(List<Datom> datoms) {
    var partitions = new LinkedHashMap<Object, Object>();
    for (Datom datom : datoms) {
      if (Partition.of(datom.e()) > Partition.USER) {
        partitions.put(java.util.Objects.requireNonNull(value(datom.e())), partition(datom.e()));
      }
    }
    return partitions;
  }

  private Object attribute(long id) {
    Keyword ident = contender.ident(contender.db(), id);
    return ident == null ? (Object) id : ident;
  }

  /// What a datom says, without entities that have no name yet.
  List<Object> plain(Datom datom) {
    Object v =
        datom.v() instanceof Long number && Partition.of(number) >= Partition.TX
            ? names.name(number).<Object>map(x -> x).orElse("?")
            : datom.v();
    return List.of(attribute(datom.a()), String.valueOf(v), datom.added());
  }
}
