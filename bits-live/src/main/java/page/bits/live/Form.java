/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What was entered in a form, and what is wrong with it. Immutable.
///
/// Values are given back only to a browser without script; with script the fields keep what was
/// typed by themselves.
public record Form(Map<String, String> values, Map<String, String> errors) {
  private static final Form EMPTY = new Form(Map.of(), Map.of());

  public Form {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
  }

  /// The form that nobody has filled in: the one in every shared rendering.
  public static Form empty() {
    return EMPTY;
  }

  /// The text to stand in a field; empty when there is none.
  public String value(String field) {
    return values.getOrDefault(field, "");
  }

  /// What is wrong with a field; empty when nothing is.
  public String error(String field) {
    return errors.getOrDefault(field, "");
  }

  public boolean hasError(String field) {
    return errors.containsKey(field);
  }

  /// This form with its errors alone.
  public Form withoutValues() {
    return new Form(Map.of(), errors);
  }
}
