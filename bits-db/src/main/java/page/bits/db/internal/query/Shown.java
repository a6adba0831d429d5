package page.bits.db.internal.query;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import page.bits.edn.EdnList;

/// A query form as text for errors: like EDN, and never failing on what is not EDN.
final class Shown {
  private Shown() {}

  static String form(@Nullable Object form) {
    return switch (form) {
      case null -> "nil";
      case String text -> "\"" + text + "\"";
      case EdnList list -> joined(list, "(", ")");
      case List<?> list -> joined(list, "[", "]");
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> form(entry.getKey()) + " " + form(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      default -> form.toString();
    };
  }

  private static String joined(List<?> list, String open, String close) {
    return list.stream().map(Shown::form).collect(Collectors.joining(" ", open, close));
  }
}
