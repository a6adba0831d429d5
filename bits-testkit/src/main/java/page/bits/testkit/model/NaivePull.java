/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import page.bits.db.AttributeInfo;
import page.bits.db.Datom;
import page.bits.db.Index;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// Pull by the words of its reference page: patterns are lists of keywords, of `*`, of `[attribute
/// option value …]` and of maps from one of these to a pattern, a number or `...`.
public final class NaivePull {
  private static final Keyword ID = Keyword.of("db", "id");
  private static final Symbol ALL = Symbol.of("*");

  private final NaiveDb db;

  private NaivePull(NaiveDb db) {
    this.db = db;
  }

  /// What the pattern gives of the entity.
  public static Map<Object, Object> pull(NaiveDb db, List<?> pattern, long e) {
    return new NaivePull(db).pull(pattern, e, List.of(), Map.of());
  }

  /// One part of a pattern, taken apart.
  private record Part(
      Keyword attribute, boolean isReverse, Map<Keyword, Object> options, @Nullable Object below) {
    static Part of(Object form, @Nullable Object below) {
      List<?> list = form instanceof List<?> several ? several : List.of(form);
      Keyword written = (Keyword) list.getFirst();
      boolean isReverse = written.name().startsWith("_");
      Keyword attribute =
          isReverse
              ? Keyword.of(written.namespace().orElseThrow(), written.name().substring(1))
              : written;
      var options = new HashMap<Keyword, Object>();
      options.put(Keyword.of(":as"), written);
      for (int i = 1; i < list.size(); i += 2) {
        options.put((Keyword) list.get(i), Objects.requireNonNull(list.get(i + 1)));
      }
      return new Part(attribute, isReverse, options, below);
    }

    Object key() {
      return Objects.requireNonNull(options.get(Keyword.of(":as")));
    }

    long limit() {
      return (Long) options.getOrDefault(Keyword.of(":limit"), 1000L);
    }
  }

  private static Stream<Part> parts(List<?> pattern) {
    return pattern.stream()
        .filter(form -> !ALL.equals(form))
        .flatMap(
            form ->
                form instanceof Map<?, ?> map
                    ? map.entrySet().stream()
                        .map(
                            pair -> Part.of(Objects.requireNonNull(pair.getKey()), pair.getValue()))
                    : Stream.of(Part.of(Objects.requireNonNull(form), null)));
  }

  private Map<Object, Object> pull(
      List<?> pattern, long e, List<Long> path, Map<Object, Long> depths) {
    var found = new LinkedHashMap<Object, Object>();
    if (pattern.contains(ALL)) {
      found.put(ID, e);
      List<Keyword> named =
          parts(pattern).filter(p -> !p.isReverse()).map(Part::attribute).toList();
      for (Datom datom : db.datoms(Index.EAVT, List.of(e))) {
        Keyword ident = db.attribute(datom.a()).ident();
        if (!named.contains(ident) && !found.containsKey(ident)) {
          found.put(
              ident, Objects.requireNonNull(value(pattern, Part.of(ident, null), e, path, depths)));
        }
      }
    }
    parts(pattern)
        .forEach(
            part -> {
              Object value = value(pattern, part, e, path, depths);
              Object made = value != null ? value : part.options().get(Keyword.of(":default"));
              if (made != null) {
                found.put(part.key(), made);
              }
            });
    return found;
  }

  private @Nullable Object value(
      List<?> pattern, Part part, long e, List<Long> path, Map<Object, Long> depths) {
    if (part.attribute().equals(ID)) {
      return e;
    }
    AttributeInfo attribute =
        db.schema().values().stream()
            .filter(a -> a.ident().equals(part.attribute()))
            .findFirst()
            .orElseThrow();
    boolean isMany =
        part.isReverse()
            ? !attribute.isComponent()
            : attribute.cardinality().equals(Keyword.of(":db.cardinality/many"));
    List<Object> held =
        part.isReverse()
            ? db.datoms(Index.VAET, List.of(e, attribute.id())).stream()
                .map(datom -> (Object) datom.e())
                .toList()
            : db.values(e, attribute.id()).stream().map(Datom::v).toList();
    var values = new ArrayList<Object>();
    for (Object one : held.subList(0, (int) Math.min(held.size(), isMany ? part.limit() : 1))) {
      Object value =
          NaiveDb.isRef(attribute)
              ? below(pattern, part, attribute, e, (Long) one, path, depths)
              : one;
      if (value != null) {
        values.add(value);
      }
    }
    return values.isEmpty() ? null : isMany ? values : values.getFirst();
  }

  /// What is pulled of the entity behind a reference.
  private @Nullable Object below(
      List<?> pattern,
      Part part,
      AttributeInfo attribute,
      long e,
      long target,
      List<Long> path,
      Map<Object, Long> depths) {
    var longer = new ArrayList<>(path);
    longer.add(e);
    if (part.below() == null) {
      boolean isWhole = attribute.isComponent() && !part.isReverse() && !longer.contains(target);
      return isWhole ? pull(List.of(ALL), target, longer, Map.of()) : Map.of(ID, target);
    }
    if (part.below() instanceof List<?> nested) {
      return orNothing(pull(nested, target, List.of(), Map.of()));
    }
    long most = part.below() instanceof Long levels ? levels : Long.MAX_VALUE;
    long left = path.contains(e) ? 0 : depths.getOrDefault(part, most);
    if (left == 0) {
      boolean asksForIds =
          pattern.contains(ALL) || parts(pattern).anyMatch(p -> p.attribute().equals(ID));
      return asksForIds ? Map.of(ID, target) : null;
    }
    var deeper = new HashMap<>(depths);
    deeper.put(part, left - 1);
    return orNothing(pull(pattern, target, longer, deeper));
  }

  private static @Nullable Object orNothing(Map<Object, Object> found) {
    return found.isEmpty() ? null : found;
  }
}
