/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.util.List;
import java.util.Random;

/// Random pull patterns, as EDN text. Each names `:db/id`, so that it always finds something.
final class RandomPull {
  private final Random random;
  private final RandomForms forms;

  RandomPull(Random random, RandomForms forms) {
    this.random = random;
    this.forms = forms;
  }

  String pattern(int depth) {
    if (random.nextInt(8) == 0) {
      return "[*]";
    }
    var pattern = new StringBuilder("[:db/id");
    List<String> attributes =
        new java.util.ArrayList<>(
            List.of(
                ":p/k",
                ":p/n",
                ":p/m",
                ":p/tags",
                ":p/s",
                ":p/b",
                ":p/r",
                ":p/rs",
                ":p/cs",
                ":p/c",
                ":p/_r",
                ":p/_rs",
                ":p/_c",
                ":p/kw",
                ":x/dec",
                ":x/uuid",
                ":x/uri",
                ":x/float",
                ":x/bytes",
                ":x/int"));
    java.util.Collections.shuffle(attributes, random);
    for (int i = random.nextInt(4); i >= 0; i--) {
      pattern.append(' ').append(element(attributes.get(i), depth));
    }
    return pattern.append("]").toString();
  }

  private String recursion() {
    return forms.one(List.of("1", "2", "3", "..."));
  }

  private String element(String attribute, int depth) {
    boolean isRef =
        List.of(":p/r", ":p/rs", ":p/cs", ":p/c", ":p/_r", ":p/_rs", ":p/_c").contains(attribute);
    return switch (random.nextInt(10)) {
      case 8, 9 -> isRef ? "{%s %s}".formatted(attribute, recursion()) : attribute;
      case 0 -> "[%s :as \"x%s\"]".formatted(attribute, attribute.substring(1));
      case 1 -> "[%s :default %s]".formatted(attribute, forms.one(List.of("0", "\"d\"", "false")));
      case 2 -> "[%s :limit nil]".formatted(attribute);
      case 3, 4, 5 ->
          isRef && depth < 2 ? "{%s %s}".formatted(attribute, pattern(depth + 1)) : attribute;
      default -> attribute;
    };
  }
}
