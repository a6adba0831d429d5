/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every Java sample of the manual is a piece of a test that runs: what stands between `// sample:
/// name` and `// end` there stands below `<!-- sample: Class name -->` here. `-Dbits.rewrite=true`
/// writes the pages anew.
final class SamplesTest {
  private static final Path ROOT = Path.of(System.getProperty("bits.root"));
  private static final Path SOURCES =
      ROOT.resolve("bits-e2e/src/test/java/page/bits/e2e/docs/tutorial");
  private static final Pattern SHOWN =
      Pattern.compile("<!-- sample: (\\w+) ([\\w-]+) -->\n```java\n(.*?)```\n", Pattern.DOTALL);
  private static final Pattern WRITTEN =
      Pattern.compile(" *// sample: ([\\w-]+)\n(.*?)\n *// end\n", Pattern.DOTALL);

  @Test
  void manual_javaSamples_areThoseThatRun() throws IOException {
    for (Path page : pages()) {
      String text = Files.readString(page);
      String expected =
          SHOWN
              .matcher(text)
              .replaceAll(
                  shown ->
                      Matcher.quoteReplacement(
                          "<!-- sample: %s %s -->\n```java\n%s\n```\n"
                              .formatted(
                                  shown.group(1),
                                  shown.group(2),
                                  source(shown.group(1), shown.group(2)))));
      if (Boolean.getBoolean("bits.rewrite")) {
        Files.writeString(page, expected);
      } else {
        assertThat(text).as(page.toString()).isEqualTo(expected);
      }
    }
  }

  @Test
  void manual_javaBlocks_allHaveASource() throws IOException {
    for (Path page : pages()) {
      String rest = SHOWN.matcher(Files.readString(page)).replaceAll("");
      assertThat(rest).as("a sample without its source in " + page).doesNotContain("```java");
    }
  }

  @Test
  void manual_samplesWritten_areAllShown() throws IOException {
    Set<String> shown = new HashSet<>();
    for (Path page : pages()) {
      SHOWN
          .matcher(Files.readString(page))
          .results()
          .forEach(m -> shown.add(m.group(1) + " " + m.group(2)));
    }
    Set<String> written = new TreeSet<>();
    for (Path source : files(SOURCES, ".java")) {
      String type = source.getFileName().toString().replace(".java", "");
      WRITTEN
          .matcher(Files.readString(source))
          .results()
          .forEach(m -> written.add(type + " " + m.group(1)));
    }
    assertThat(shown).containsExactlyInAnyOrderElementsOf(written);
  }

  private static List<Path> pages() throws IOException {
    return files(ROOT.resolve("docs"), ".md").stream()
        .filter(page -> !page.startsWith(ROOT.resolve("docs/reference")))
        .toList();
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static String source(String type, String name) {
    try {
      return WRITTEN
          .matcher(Files.readString(SOURCES.resolve(type + ".java")))
          .results()
          .filter(sample -> sample.group(1).equals(name))
          .map(sample -> sample.group(2).stripTrailing().stripIndent())
          .findFirst()
          .orElseThrow(() -> new AssertionError("no sample " + name + " in " + type));
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }
}
