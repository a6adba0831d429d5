/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import page.bits.db.Bits;
import page.bits.db.Db;

/// The Java of the README is the Java between the two marks here, and it runs.
final class ReadmeTest {
  record Entry(String name, String text) {}

  // readme: begin
  static List<Entry> sign(String uri) {
    // bits:sqlite:guests.db here, or bits:postgresql://… on as many nodes as you like
    try (var conn = Bits.connect(uri)) {
      conn.ensureSchema(
          """
          [{:db/ident :guest/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
           {:db/ident :guest/text :db/valueType :db.type/string :db/cardinality :db.cardinality/one}]
          """);
      try (var reports = conn.txReports()) { // every transaction of every writer, on every node
        conn.transact(List.of(Map.of(":guest/name", "Ada", ":guest/text", "Hello")));
        var report = reports.take(); // in order, without a gap, resumable at report.cursor()
        assertThat(guests(report.dbBefore())).isEmpty(); // the database before it,
        return guests(report.dbAfter()); // and after it: values that never change
      }
    }
  }

  static List<Entry> guests(Db db) {
    return db.query(
            "[:find ?name ?text :keys name text :where [?e :guest/name ?name] [?e :guest/text ?text]]")
        .list(Entry.class);
  }

  // readme: end

  @Test
  void readmeCode_run_findsWhatWasSigned() {
    assertThat(sign("bits:mem:readme")).containsExactly(new Entry("Ada", "Hello"));
  }

  @Test
  void readmeCode_page_showsThisSource() throws IOException {
    Path root = Path.of(System.getProperty("bits.root"));
    String source =
        Files.readString(root.resolve("bits-e2e/src/test/java/page/bits/e2e/ReadmeTest.java"));
    String code =
        source.substring(
            source.indexOf("  // readme: begin\n"), source.indexOf("  // readme: end"));
    String shown = code.substring(code.indexOf('\n') + 1).stripTrailing().stripIndent();
    assertThat(Files.readString(root.resolve("README.md")))
        .contains("```java\n" + shown + "\n```\n");
  }
}
