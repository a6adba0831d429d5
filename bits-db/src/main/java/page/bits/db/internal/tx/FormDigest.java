/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.Given;
import page.bits.db.spi.Bytes;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;
import page.bits.edn.Tagged;

/// The digest of submitted forms, by which a second submission under the same id is known to be the
/// same: SHA-256 of their sorted EDN text. Stateless.
///
/// Forms that differ only in how Java writes them are the same: keys as strings or keywords, the
/// order of maps and sets, vectors and lists, kinds of integers, dates and instants. A value that
/// is a string with a colon and a keyword differ: only an attribute's type says what is meant.
public final class FormDigest {
  private static final Symbol BYTES = Symbol.of("bits/bytes");
  private static final Symbol FLOAT = Symbol.of("bits/float");

  private FormDigest() {}

  public static Bytes of(List<?> forms) {
    String text = Edn.printSorted(canonical(forms));
    return Bytes.wrap(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static @Nullable Object canonical(@Nullable Object value) {
    return switch (value) {
      case List<?> list -> list(list);
      case Set<?> set -> {
        var elements = new LinkedHashSet<@Nullable Object>();
        for (Object element : set) {
          elements.add(canonical(element));
        }
        yield elements;
      }
      case Map<?, ?> map -> map(map);
      case Tagged tagged -> new Tagged(tagged.tag(), canonical(tagged.value()));
      case Date date -> Instant.ofEpochMilli(date.getTime());
      case Float number -> new Tagged(FLOAT, Double.valueOf(number.toString()));
      case byte[] array -> new Tagged(BYTES, Bytes.wrap(array).toString());
      case Bytes bytes -> new Tagged(BYTES, bytes.toString());
      case Integer _, Short _, Byte _ -> Given.integer(value);
      case null, default -> value;
    };
  }

  /// A vector; its first element may be the name of a function or attribute.
  private static Object list(List<?> list) {
    var elements = new ArrayList<@Nullable Object>(list.size());
    for (Object element : list) {
      elements.add(elements.isEmpty() ? name(element) : canonical(element));
    }
    return elements;
  }

  private static Object map(Map<?, ?> map) {
    var entries = new LinkedHashMap<@Nullable Object, @Nullable Object>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      entries.put(name(entry.getKey()), canonical(entry.getValue()));
    }
    return entries;
  }

  private static @Nullable Object name(@Nullable Object key) {
    Keyword keyword = Given.keyword(key);
    return keyword == null ? canonical(key) : keyword;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
