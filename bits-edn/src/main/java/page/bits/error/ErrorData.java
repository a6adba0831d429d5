/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The varying part of an error: keys in the order in which they were given, with plain EDN values.
///
/// Immutable. A value marked as personal stands in [#values()] but never in a message.
public final class ErrorData {
  private static final ErrorData NONE = new ErrorData(new LinkedHashMap<>(), new LinkedHashSet<>());

  private final Map<String, @Nullable Object> values;
  private final Set<String> personal;

  private ErrorData(
      LinkedHashMap<String, @Nullable Object> values, LinkedHashSet<String> personal) {
    this.values = Collections.unmodifiableMap(values);
    this.personal = Collections.unmodifiableSet(personal);
  }

  /// No data.
  public static ErrorData none() {
    return NONE;
  }

  /// One entry; `key` has no colon.
  public static ErrorData of(String key, @Nullable Object value) {
    return NONE.and(key, value);
  }

  /// This data and one more entry.
  public ErrorData and(String key, @Nullable Object value) {
    var more = new LinkedHashMap<String, @Nullable Object>(values);
    more.put(key, value);
    return new ErrorData(more, new LinkedHashSet<>(personal));
  }

  /// This data and one more entry whose value may be personal: it is kept out of messages and logs.
  public ErrorData andPersonal(String key, @Nullable Object value) {
    var more = new LinkedHashMap<String, @Nullable Object>(values);
    more.put(key, value);
    var hidden = new LinkedHashSet<>(personal);
    hidden.add(key);
    return new ErrorData(more, hidden);
  }

  /// All entries, in order; keys without a colon.
  public Map<String, @Nullable Object> values() {
    return values;
  }

  /// The entries as they may stand in a message: personal values are replaced by an ellipsis.
  String shown() {
    if (values.isEmpty()) {
      return "";
    }
    var text = new StringBuilder(" {");
    values.forEach(
        (key, value) ->
            text.append(text.length() > 2 ? ", :" : ":")
                .append(key)
                .append(' ')
                .append(personal.contains(key) ? "…" : value));
    return text.append('}').toString();
  }

  @Override
  public String toString() {
    return shown();
  }
}
