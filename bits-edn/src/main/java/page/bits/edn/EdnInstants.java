/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The text of `#inst`: RFC 3339, with everything after the year optional, UTC where no offset
/// stands, up to nanoseconds.
///
/// A leap second (`:59:60`) is the first moment of the next minute. Years beyond 9999 or before 0
/// are written with a sign, so that every [Instant] reads back.
final class EdnInstants {
  private static final Pattern TEXT =
      Pattern.compile(
          "(\\d{4})"
              + "(?:-(\\d\\d)(?:-(\\d\\d)"
              + "(?:T(\\d\\d)(?::(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,9}))?)?)?)?)?)?"
              + "(?:Z|([-+])(\\d\\d):(\\d\\d))?");

  private static final DateTimeFormatter MILLIS = fraction(3);
  private static final DateTimeFormatter MICROS = fraction(6);
  private static final DateTimeFormatter NANOS = fraction(9);

  private EdnInstants() {}

  private static DateTimeFormatter fraction(int digits) {
    return new DateTimeFormatterBuilder().appendInstant(digits).toFormatter();
  }

  /// Milliseconds, and more digits only where the instant has them.
  static String print(Instant instant) {
    int nanos = instant.getNano();
    DateTimeFormatter format =
        nanos % 1_000_000 == 0 ? MILLIS : nanos % 1_000 == 0 ? MICROS : NANOS;
    return format.format(instant);
  }

  static Instant read(String text, EdnPosition at) {
    Matcher parts = TEXT.matcher(text);
    try {
      if (parts.matches()) {
        return instant(parts);
      }
      if (text.startsWith("+") || text.startsWith("-")) {
        return Instant.parse(text);
      }
    } catch (DateTimeException | ArithmeticException _) {
      // A month 13 or a year beyond all instants: refused below with the same words.
    }
    throw EdnErrors.badToken(
        EdnError.BAD_INST, at, text, "such as 2026-11-24T12:00:00.000Z, or a leading part of it");
  }

  private static Instant instant(Matcher parts) {
    int minute = part(parts.group(5), 0);
    int second = part(parts.group(6), 0);
    boolean leap = second == 60 && minute == 59;
    var local =
        LocalDateTime.of(
            part(parts.group(1), 0),
            part(parts.group(2), 1),
            part(parts.group(3), 1),
            part(parts.group(4), 0),
            minute,
            leap ? 59 : second,
            nanos(parts.group(7)));
    return local.toInstant(offset(parts)).plusSeconds(leap ? 1 : 0);
  }

  private static int part(@Nullable String digits, int otherwise) {
    return digits == null ? otherwise : Integer.parseInt(digits);
  }

  private static int nanos(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt((digits + "00000000").substring(0, 9));
  }

  private static ZoneOffset offset(Matcher parts) {
    if (parts.group(8) == null) {
      return ZoneOffset.UTC;
    }
    int hours = part(parts.group(9), 0);
    int minutes = part(parts.group(10), 0);
    if (minutes > 59) {
      throw new DateTimeException("offset");
    }
    int seconds = (hours * 60 + minutes) * 60;
    return ZoneOffset.ofTotalSeconds("-".equals(parts.group(8)) ? -seconds : seconds);
  }
}
