/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.pull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.AttributeName;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.pull.PullPattern.Default;
import page.bits.db.internal.pull.PullPattern.Limit;
import page.bits.db.internal.pull.PullPattern.Nested;
import page.bits.db.internal.pull.PullPattern.Spec;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// Reads pull patterns: EDN text or parsed forms.
final class PatternParser {
  private PatternParser() {}

  static PullPattern parse(@Nullable Object pattern) {
    Object form = pattern instanceof String text ? Edn.read(text) : pattern;
    if (!(form instanceof List<?> specs) || specs.isEmpty()) {
      throw PullErrors.invalid("a list of attributes", form);
    }
    var parsed = new ArrayList<Spec>();
    for (Object spec : specs) {
      spec(spec, parsed);
    }
    requireDistinctKeys(parsed);
    return new PullPattern(parsed);
  }

  private static void requireDistinctKeys(List<Spec> specs) {
    var keys = new HashSet<Object>();
    for (Spec spec : specs) {
      if (spec instanceof Spec.Named named && !keys.add(named.key())) {
        throw PullErrors.twoUnderOneKey(named.key());
      }
    }
  }

  private static void spec(@Nullable Object form, List<Spec> parsed) {
    if (isNamed(form, "*")) {
      parsed.add(new Spec.Wildcard());
    } else if (form instanceof Map<?, ?> map) {
      if (map.isEmpty()) {
        throw PullErrors.invalid("{attribute pattern}", form);
      }
      map.forEach((key, value) -> parsed.add(attribute(key, nested(value))));
    } else {
      parsed.add(attribute(form, new Nested.Plain()));
    }
  }

  private static Nested nested(@Nullable Object form) {
    return switch (Given.normal(form)) {
      case Long depth when depth > 0 && depth < Integer.MAX_VALUE ->
          new Nested.Recursion(depth.intValue());
      case Object dots when isNamed(dots, "...") ->
          new Nested.Recursion(Nested.Recursion.UNLIMITED);
      case List<?> list -> new Nested.Sub(parse(list));
      case null, default -> throw PullErrors.invalid("a pattern, a depth or ...", form);
    };
  }

  private static Spec.Named attribute(@Nullable Object form, Nested nested) {
    Keyword plain = Given.keyword(form);
    if (plain != null) {
      return named(plain, nested);
    }
    if (!(form instanceof List<?> list) || list.isEmpty()) {
      throw PullErrors.invalid("an attribute", form);
    }
    if (isNamed(list.getFirst(), "limit") || isNamed(list.getFirst(), "default")) {
      return legacy(list, nested);
    }
    Keyword attribute = Given.keyword(list.getFirst());
    if (attribute == null || list.size() % 2 == 0) {
      throw PullErrors.invalid("[attribute option value …]", form);
    }
    Spec.Named spec = named(attribute, nested);
    for (int i = 1; i < list.size(); i += 2) {
      spec = option(spec, list.get(i), list.get(i + 1), form);
    }
    return spec;
  }

  /// `(limit attribute n)` and `(default attribute value)`.
  private static Spec.Named legacy(List<?> list, Nested nested) {
    Keyword attribute = list.size() == 3 ? Given.keyword(list.get(1)) : null;
    if (attribute == null) {
      throw PullErrors.invalid("(limit attribute n) or (default attribute value)", list);
    }
    String option = isNamed(list.getFirst(), "limit") ? ":limit" : ":default";
    return option(named(attribute, nested), option, list.get(2), list);
  }

  private static Spec.Named named(Keyword written, Nested nested) {
    AttributeName name = AttributeName.of(written);
    return new Spec.Named(
        name.attribute(),
        name.isReverse(),
        written,
        Limit.DEFAULT,
        Optional.empty(),
        Optional.empty(),
        nested);
  }

  private static Spec.Named option(
      Spec.Named spec, @Nullable Object option, @Nullable Object value, Object form) {
    Keyword name = Given.keyword(option);
    return switch (name == null ? "" : name.toString()) {
      case ":as" -> value == null ? spec : spec.as(key(value));
      case ":limit" -> spec.limitedTo(limit(value, form));
      case ":default" -> value == null ? spec : spec.otherwise(new Default(Given.normalOf(value)));
      case ":xform" -> spec.through(Xform.named(value, form));
      default -> throw PullErrors.invalid("one of :as, :limit, :default, :xform", form);
    };
  }

  /// A string with a colon means the keyword, as everywhere.
  private static Object key(Object value) {
    Keyword keyword = Given.keyword(value);
    return keyword == null ? value : keyword;
  }

  private static Limit limit(@Nullable Object value, Object form) {
    return switch (Given.normal(value)) {
      case null -> new Limit(null);
      case Long max when max > 0 && max <= Integer.MAX_VALUE -> new Limit(max.intValue());
      default -> throw PullErrors.invalid("a limit of at least 1, or nil", form);
    };
  }

  private static boolean isNamed(@Nullable Object form, String name) {
    return (form instanceof Symbol symbol && symbol.toString().equals(name)) || name.equals(form);
  }
}
