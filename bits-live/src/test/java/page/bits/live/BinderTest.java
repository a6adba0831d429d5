/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import page.bits.error.BitsException;

final class BinderTest {
  record Sign(@Text(max = 5) String name, Optional<String> note, long age, boolean agreed) {}

  record Odd(List<String> many) {}

  private final Binder<Sign> binder = new Binder<>(Sign.class);

  @Test
  void bind_goodTexts_makesTheRecord() {
    var texts = Map.of("name", "  Åsa\r\n", "note", " ", "age", "42", "agreed", "on");

    assertThat(binder.bind(texts))
        .isEqualTo(new Binder.Bound.Valid<>(new Sign("Åsa", Optional.empty(), 42, true)));
  }

  @Test
  void bind_everythingWrong_saysSoOfEachField() {
    var texts = Map.of("name", "Ann-Marie", "age", "old");

    assertThat(binder.bind(texts))
        .isEqualTo(
            new Binder.Bound.Wrong<>(
                Map.of(
                    "name", "At most 5 characters, please.",
                    "age", "This is not of the right form.")));
  }

  @Test
  void bind_fiveCodePointsBeyondThePlane_areFiveCharacters() {
    var texts = Map.of("name", "🜁🜂🜃🜄🜔", "age", "1");

    assertThat(binder.bind(texts)).isInstanceOf(Binder.Bound.Valid.class);
  }

  @Test
  void bind_missingText_isRequired() {
    assertThat(binder.bind(Map.of("age", "1")))
        .isEqualTo(new Binder.Bound.Wrong<>(Map.of("name", "Please write something here.")));
  }

  @Test
  void make_componentThatNoFormFills_isRefusedByName() {
    assertThatThrownBy(() -> new Binder<>(Odd.class))
        .isInstanceOfSatisfying(
            BitsException.class, e -> assertThat(e.is(LiveError.INVALID_SITE)).isTrue())
        .hasMessageContaining("many");
  }
}
