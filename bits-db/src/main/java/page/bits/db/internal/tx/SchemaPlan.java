/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.schema.Schema;
import page.bits.edn.Keyword;

/// What has to be transacted so that a database has the schema that these forms define. Stateless.
///
/// The forms are evaluated; if nothing but the transaction's instant would come of it, nothing is
/// missing. So alterations are found, and a definition that contradicts the database is refused, by
/// the rules of transactions themselves. An attribute that was renamed answers to its old name: a
/// definition by that name is one of the renamed attribute and does not name it back.
public final class SchemaPlan {
  private static final Keyword DB_ID = Keyword.of(":db/id");
  private static final Keyword DB_IDENT = Keyword.of(":db/ident");

  private SchemaPlan() {}

  /// The forms to transact, empty when the database has it all. Safe to transact when another has
  /// done so meanwhile.
  public static List<?> missing(TxContext context, List<?> forms) {
    var definitions = new ArrayList<Map<Object, @Nullable Object>>();
    for (Object form : forms) {
      definitions.add(definition(context.before().schema(), form, definitions.size()));
    }
    boolean isComplete = Evaluator.evaluate(context, definitions).datoms().size() == 1;
    return isComplete ? List.of() : List.copyOf(definitions);
  }

  private static Map<Object, @Nullable Object> definition(
      Schema schema, @Nullable Object form, int index) {
    if (!(form instanceof Map<?, ?> map)) {
      throw Refusals.notADefinition(index, form);
    }
    var definition = new LinkedHashMap<Object, @Nullable Object>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Keyword key = Given.keyword(entry.getKey());
      definition.put(key == null ? String.valueOf(entry.getKey()) : key, entry.getValue());
    }
    Keyword ident = Given.keyword(definition.get(DB_IDENT));
    if (ident == null) {
      throw Refusals.notADefinition(index, form);
    }
    OptionalLong existing = schema.entid(ident);
    if (existing.isPresent() && !definition.containsKey(DB_ID)) {
      definition.remove(DB_IDENT);
      definition.put(DB_ID, existing.getAsLong());
    }
    return definition;
  }
}
