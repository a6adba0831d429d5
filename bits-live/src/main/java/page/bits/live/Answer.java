/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import java.util.LinkedHashMap;
import java.util.Map;

/// What an action answers.
public sealed interface Answer {
  /// The page that the form was on, in its new state.
  record Stay() implements Answer {}

  /// Another page of this site.
  record Redirect(String path) implements Answer {
    public Redirect {
      requireLocal(path);
    }
  }

  /// The form again, with what is wrong in each field.
  record Invalid(Map<String, String> errors) implements Answer {
    public Invalid {
      errors = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(errors));
    }
  }

  /// Errors: `:bits.error/invalid-site` for what a browser would take for another site.
  static void requireLocal(String path) {
    if (!isLocal(path)) {
      throw LiveErrors.notALocalPath(path);
    }
  }

  /// Whether every browser takes it for a path of this site.
  static boolean isLocal(String path) {
    boolean isPlain = path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
    return isPlain && path.startsWith("/") && !path.startsWith("//");
  }

  static Answer stay() {
    return new Stay();
  }

  static Answer redirect(String path) {
    return new Redirect(path);
  }

  static Answer invalid(String field, String message) {
    return new Invalid(Map.of(field, message));
  }
}
