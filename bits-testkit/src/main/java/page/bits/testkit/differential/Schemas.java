/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import page.bits.edn.Keyword;

/// Attributes in short: `{:p/name [:string :identity]}` is a string of cardinality one that is a
/// unique identity. Words are the type, `:many`, `:identity`, `:value`, `:index`, `:component`.
final class Schemas {
  private Schemas() {}

  static List<Object> forms(Map<?, ?> attributes) {
    return attributes.entrySet().stream()
        .<Object>map(
            entry ->
                form((Keyword) entry.getKey(), (List<?>) Objects.requireNonNull(entry.getValue())))
        .toList();
  }

  private static Map<Keyword, Object> form(Keyword ident, List<?> words) {
    var form = new LinkedHashMap<Keyword, Object>();
    form.put(Keyword.of("db/ident"), ident);
    form.put(Keyword.of("db/cardinality"), Keyword.of("db.cardinality/one"));
    words.forEach(word -> add(form, (Keyword) Objects.requireNonNull(word)));
    return form;
  }

  private static void add(Map<Keyword, Object> form, Keyword word) {
    switch (word.name()) {
      case "many" -> form.put(Keyword.of("db/cardinality"), Keyword.of("db.cardinality/many"));
      case "identity", "value" ->
          form.put(Keyword.of("db/unique"), Keyword.of("db.unique", word.name()));
      case "index" -> form.put(Keyword.of("db/index"), true);
      case "component" -> form.put(Keyword.of("db/isComponent"), true);
      default -> form.put(Keyword.of("db/valueType"), Keyword.of("db.type", word.name()));
    }
  }
}
