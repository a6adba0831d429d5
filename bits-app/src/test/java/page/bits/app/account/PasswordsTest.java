/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PasswordsTest {
  private final Passwords passwords = new Passwords();

  @Test
  void hash_namesItsParametersAndSalts() {
    String one = Passwords.hash("correct horse");
    String other = Passwords.hash("correct horse");

    assertThat(one).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(other);
    assertThat(passwords.check("correct horse", one)).isEqualTo(Passwords.Check.RIGHT);
    assertThat(passwords.check("correct horsE", one)).isEqualTo(Passwords.Check.WRONG);
  }

  @Test
  void check_whereThereIsNoAccount_isWrong() {
    assertThat(passwords.check("anything", "")).isEqualTo(Passwords.Check.WRONG);
    assertThat(passwords.check("", "")).isEqualTo(Passwords.Check.WRONG);
  }
}
