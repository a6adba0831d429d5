/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import page.bits.error.BitsException;

final class PathPatternTest {
  @Test
  void match_variables_areDecoded() {
    assertThat(PathPattern.of("/c/{handle}/posts").match("/c/a%2Fb%C3%A5+c/posts"))
        .contains(Map.of("handle", "a/bå+c"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/c", "/c/", "/c/a/", "/c/a/b", "/d/a", "c/a", "", "/c/%zz"})
  void match_anotherPath_isEmpty(String path) {
    assertThat(PathPattern.of("/c/{handle}").match(path)).isEmpty();
  }

  @Test
  void match_root_matchesItselfOnly() {
    assertThat(PathPattern.of("/").match("/")).isPresent();
    assertThat(PathPattern.of("/").match("/x")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"c", "/c//d", "/c/{", "/c/{A}", "/c d", "/-/x"})
  void of_badPattern_isRefused(String pattern) {
    assertThatThrownBy(() -> PathPattern.of(pattern)).isInstanceOf(BitsException.class);
  }
}
