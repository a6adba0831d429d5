/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.util.Locale;

/// Something whose state at a t is one number: a list (a hash of its items), a register or a cell
/// (its value), the bank (a hash of all balances), a badge (who holds it), a seat (its ephemeral
/// value), presence (a hash of all ephemeral facts).
public record Thing(Kind kind, int number) {
  /// The kinds; a bank and presence have number 0.
  public enum Kind {
    LIST,
    REGISTER,
    CELL,
    BANK,
    BADGE,
    SEAT,
    PRESENCE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  public static final Thing BANK = new Thing(Kind.BANK, 0);

  /// The state of a badge that nobody holds, and of an empty list.
  public static final long NOBODY = -1;

  public static Thing list(int number) {
    return new Thing(Kind.LIST, number);
  }

  public static Thing register(int number) {
    return new Thing(Kind.REGISTER, number);
  }

  public static Thing cell(int number) {
    return new Thing(Kind.CELL, number);
  }

  public static Thing badge(long number) {
    return new Thing(Kind.BADGE, Math.toIntExact(number));
  }

  public static final Thing PRESENCE = new Thing(Kind.PRESENCE, 0);

  public static Thing seat(int number) {
    return new Thing(Kind.SEAT, number);
  }

  /// Whether it has a present only: no value of another time shows anything of it.
  public boolean isEphemeral() {
    return kind == Kind.SEAT || kind == Kind.PRESENCE;
  }

  @Override
  public String toString() {
    return kind.word() + " " + number;
  }
}
