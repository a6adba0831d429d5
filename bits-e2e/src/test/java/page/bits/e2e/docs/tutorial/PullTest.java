/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.docs.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import page.bits.db.Attr;
import page.bits.db.Db;
import page.bits.db.Pulled;
import page.bits.edn.Keyword;

final class PullTest {
  // sample: records
  record Author(@Attr(":author/name") String name) {}

  record Book(@Attr(":book/title") String title, @Attr(":book/author") List<Author> authors) {}

  // end

  @Test
  void page3_pull_runsAsShown() {
    try (var conn = Library.open("pull")) {
      Db db = conn.db();
      // sample: pull
      Pulled book =
          db.pull("[:book/title {:book/author [:author/name]}]", List.of(":book/isbn", "333"));
      assertThat(book.string(":book/title")).contains("Kindred");
      assertThat(book.entities(":book/author").getFirst().string(":author/name"))
          .contains("Octavia E. Butler");
      // end
      // sample: reverse
      Pulled author =
          db.pull("[{:book/_author [:book/title]}]", List.of(":author/name", "Octavia E. Butler"));
      assertThat(author.entities(":book/_author"))
          .containsExactly(pulled(db, "333", "[:book/title]"));
      // end
      // sample: into-records
      assertThat(db.pull(Book.class, List.of(":book/isbn", "333")))
          .contains(new Book("Kindred", List.of(new Author("Octavia E. Butler"))));
      // end
      // sample: in-query
      assertThat(
              db.q(
                  "[:find [(pull ?b [:book/title :book/year]) ...]"
                      + " :where [?b :book/subjects :physics]]"))
          .isEqualTo(
              List.of(
                  Map.of(
                      Keyword.of(":book/title"),
                      "The Dispossessed",
                      Keyword.of(":book/year"),
                      1974L)));
      // end
      // sample: entity
      var entity = db.entity(List.of(":book/isbn", "111"));
      assertThat(entity.get(":book/title")).contains("The Dispossessed");
      assertThat(entity.keySet()).contains(":book/year", ":book/author");
      // end
    }
  }

  private static Pulled pulled(Db db, String isbn, String pattern) {
    return db.pull(pattern, List.of(":book/isbn", isbn));
  }
}
