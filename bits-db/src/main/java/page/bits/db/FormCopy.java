/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.shape.RecordForm;
import page.bits.db.spi.Bytes;

/// Copies of what callers submit, records with attributes as the maps they stand for: a transaction
/// is judged, perhaps several times, from what it was then.
final class FormCopy {
  private FormCopy() {}

  /// The forms with every list, set, map, date and byte array in them copied; other values never
  /// change.
  static List<?> of(List<?> forms) {
    var copy = new ArrayList<@Nullable Object>(forms.size());
    for (Object form : forms) {
      copy.add(value(form));
    }
    return Collections.unmodifiableList(copy);
  }

  private static @Nullable Object value(@Nullable Object form) {
    return switch (form) {
      case List<?> list -> of(list);
      case Set<?> set -> {
        var copy = new LinkedHashSet<@Nullable Object>();
        for (Object element : set) {
          copy.add(value(element));
        }
        yield Collections.unmodifiableSet(copy);
      }
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<@Nullable Object, @Nullable Object>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          copy.put(value(entry.getKey()), value(entry.getValue()));
        }
        yield Collections.unmodifiableMap(copy);
      }
      case Record said when RecordForm.isForm(said) -> value(RecordForm.of(said));
      case Date date -> Instant.ofEpochMilli(date.getTime());
      case byte[] bytes -> Bytes.copyOf(bytes);
      case null, default -> form;
    };
  }
}
