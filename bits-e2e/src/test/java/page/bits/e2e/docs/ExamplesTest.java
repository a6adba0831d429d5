/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every Java example in the Javadoc of the database and on the pages of the reference is compiled
/// and run: its paragraphs stand in some test, spaces aside.
final class ExamplesTest {
  private static final Path ROOT = Path.of(System.getProperty("bits.root"));
  private static final Pattern EXAMPLE = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern COMMENT_MARK = Pattern.compile("(?m)^ *///( |$)");
  private static final Pattern PARAGRAPHS = Pattern.compile("\\n *\\n");
  private static final Pattern SPACES = Pattern.compile("\\s+");

  @Test
  void examples_ofTheDatabase_areInTests() throws IOException {
    String tests = bare(text(under("bits-db/src/test/java", ".java")));
    var missing = new ArrayList<String>();
    int found = 0;
    for (Path file : documents()) {
      String text = COMMENT_MARK.matcher(Files.readString(file)).replaceAll("");
      for (var example : EXAMPLE.matcher(text).results().toList()) {
        for (String paragraph : PARAGRAPHS.splitAsStream(example.group(1)).toList()) {
          found++;
          if (!tests.contains(bare(paragraph))) {
            missing.add(ROOT.relativize(file) + ":\n" + paragraph);
          }
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(found).isGreaterThan(5);
  }

  private static List<Path> documents() throws IOException {
    var documents = new ArrayList<>(under("bits-db/src/main/java/page/bits/db", ".java"));
    documents.addAll(under("docs/reference", ".md"));
    return documents;
  }

  private static List<Path> under(String folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(suffix)).toList();
    }
  }

  private static String text(List<Path> files) throws IOException {
    var text = new StringBuilder();
    for (Path file : files) {
      text.append(Files.readString(file)).append('\n');
    }
    return text.toString();
  }

  private static String bare(String text) {
    return SPACES.matcher(text).replaceAll("");
  }
}
