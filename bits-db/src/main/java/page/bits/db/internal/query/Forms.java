package page.bits.db.internal.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// What the forms of queries are: small questions that the parsers ask.
final class Forms {
  private Forms() {}

  static boolean isSymbol(@Nullable Object form, String name) {
    return form instanceof Symbol symbol
        && symbol.namespace().isEmpty()
        && symbol.name().equals(name);
  }

  static boolean isVariable(@Nullable Object form) {
    return form instanceof Symbol symbol && symbol.toString().startsWith("?");
  }

  static boolean isSource(@Nullable Object form) {
    return form instanceof Symbol symbol && symbol.toString().startsWith("$");
  }

  /// A symbol that is no variable, source, rule set or blank: the name of a function or pattern.
  static boolean isPlain(@Nullable Object form) {
    return form instanceof Symbol symbol
        && !isVariable(form)
        && !isSource(form)
        && !symbol.toString().equals("%")
        && !symbol.toString().equals("_")
        && !symbol.toString().equals("...")
        && !symbol.toString().equals(".");
  }

  static Term.Variable variable(@Nullable Object form, String where) {
    if (!isVariable(form)) {
      throw QueryErrors.invalid("a variable " + where, form);
    }
    return new Term.Variable(String.valueOf(form));
  }

  static List<?> list(@Nullable Object form, String expected) {
    if (form instanceof List<?> list) {
      return list;
    }
    throw QueryErrors.invalid(expected, form);
  }

  /// The keyword itself, or the one that a string with a colon means; null for anything else.
  static @Nullable Keyword keyword(@Nullable Object form) {
    return switch (form) {
      case Keyword keyword -> keyword;
      case String text when text.length() > 1 && text.startsWith(":") -> Keyword.of(text);
      case null, default -> null;
    };
  }

  /// The value as the database holds it: small integers as `Long`, `Date` as `Instant`; lists too.
  static @Nullable Object normal(@Nullable Object value) {
    return switch (value) {
      case Integer n -> n.longValue();
      case Short n -> n.longValue();
      case Byte n -> n.longValue();
      case Date date -> Instant.ofEpochMilli(date.getTime());
      case List<?> list -> {
        var values = new ArrayList<@Nullable Object>(list.size());
        list.forEach(element -> values.add(normal(element)));
        yield java.util.Collections.unmodifiableList(values);
      }
      case null, default -> value;
    };
  }
}
