/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Prints one value as EDN on one line. Confined to one call.
final class EdnPrinter {
  private final StringBuilder out = new StringBuilder();
  private final boolean sorted;
  private int depth;

  EdnPrinter(boolean sorted) {
    this.sorted = sorted;
  }

  String print(@Nullable Object value) {
    value(value);
    return out.toString();
  }

  private void value(@Nullable Object value) {
    // One more for what stands in the deepest collection.
    if (++depth > EdnLimits.DEPTH_MAX + 1) {
      throw EdnErrors.valueTooDeep();
    }
    switch (value) {
      case null -> out.append("nil");
      case Boolean b -> out.append(b.booleanValue());
      case String s -> EdnCharacters.print(s, out);
      case Character c -> EdnCharacters.print(c, out);
      case Keyword k -> keyword(k);
      case Symbol s -> symbol(s);
      case Number n -> number(n);
      case EdnList list -> elements("(", list, ')');
      case List<?> list -> elements("[", list, ']');
      case Set<?> set -> elements("#{", sorted ? sorted(set) : set, '}');
      case Map<?, ?> map -> entries(map);
      case Tagged tagged -> tagged(tagged);
      default -> scalar(value);
    }
    depth--;
  }

  private void scalar(Object value) {
    switch (value) {
      case Instant instant -> text("#inst ", EdnInstants.print(instant));
      // Date's subclasses belong to JDBC and have no moment or another equality.
      case Date date when date.getClass() == Date.class ->
          text("#inst ", EdnInstants.print(Instant.ofEpochMilli(date.getTime())));
      case UUID uuid -> text("#uuid ", uuid.toString());
      case URI uri -> text("#uri ", uri.toString());
      default -> throw EdnErrors.unprintable(value);
    }
  }

  private void text(String tag, String text) {
    out.append(tag);
    EdnCharacters.print(text, out);
  }

  private void number(Number number) {
    switch (number) {
      case Long n -> out.append(n.longValue());
      case Integer n -> out.append(n.intValue());
      case Short n -> out.append(n.intValue());
      case Byte n -> out.append(n.intValue());
      case BigInteger n -> out.append(n).append('N');
      case BigDecimal n -> out.append(n).append('M');
      case Double n -> floating(n);
      case Float n -> floating(n.doubleValue());
      default -> throw EdnErrors.unprintable(number);
    }
  }

  private void floating(double n) {
    if (Double.isNaN(n)) {
      out.append("##NaN");
    } else if (Double.isInfinite(n)) {
      out.append(n > 0 ? "##Inf" : "##-Inf");
    } else {
      out.append(n);
    }
  }

  private void keyword(Keyword keyword) {
    if (!EdnNames.isKeyword(keyword)) {
      throw EdnErrors.unprintableName("keyword", keyword);
    }
    out.append(keyword);
  }

  private void symbol(Symbol symbol) {
    if (!EdnNames.isSymbol(symbol)) {
      throw EdnErrors.unprintableName("symbol", symbol);
    }
    out.append(symbol);
  }

  private void tagged(Tagged tagged) {
    // A tag with a Java type would read back as that, or not at all.
    if (!EdnNames.isTag(tagged.tag()) || EdnTags.isBuiltIn(tagged.tag())) {
      throw EdnErrors.unprintableName("tag", tagged.tag());
    }
    out.append('#').append(tagged.tag()).append(' ');
    value(tagged.value());
  }

  private void elements(String opening, Collection<?> elements, char closing) {
    out.append(opening);
    boolean first = true;
    for (Object element : elements) {
      if (!first) {
        out.append(' ');
      }
      first = false;
      value(element);
    }
    out.append(closing);
  }

  private void entries(Map<?, ?> map) {
    var entries = new ArrayList<Map.Entry<?, ?>>(map.entrySet());
    if (sorted) {
      entries.sort((a, b) -> EdnOrder.INSTANCE.compare(a.getKey(), b.getKey()));
    }
    out.append('{');
    boolean first = true;
    for (Map.Entry<?, ?> entry : entries) {
      if (!first) {
        out.append(", ");
      }
      first = false;
      value(entry.getKey());
      out.append(' ');
      value(entry.getValue());
    }
    out.append('}');
  }

  private static List<@Nullable Object> sorted(Set<?> values) {
    var list = new ArrayList<@Nullable Object>(values);
    list.sort(EdnOrder.INSTANCE);
    return list;
  }
}
