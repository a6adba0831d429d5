/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.app.feed.Feed;
import page.bits.app.feed.PostRef;
import page.bits.db.Bits;
import page.bits.db.Connection;

/// What open pages see of what others do, and what they never see.
final class LivePagesTest {
  private final String uri = "bits:mem:live-" + UUID.randomUUID();
  private final Connection connection = Bits.connect(uri);
  private final Node nodeA = Node.demo(connection);
  private final Node nodeB = Node.demo(connection);

  @AfterEach
  void close() {
    nodeA.close();
    nodeB.close();
    connection.close();
    Bits.delete(uri);
  }

  private static void write(Person mira, String text) {
    assertThat(mira.post("/c/mira/posts", "/c/mira", "text", text).status()).isEqualTo(303);
  }

  @Test
  void post_comesToEveryOpenPage_andTheFormOnlyToItsWriter() throws Exception {
    Person mira = new Person(nodeA).signIn("mira");
    Person tadeo = new Person(nodeB).signIn("tadeo");
    try (Stream guests = Stream.of(new Person(nodeB), "/c/mira");
        Stream readers = Stream.of(tadeo, "/c/mira");
        Stream writers = Stream.of(mira, "/c/mira");
        Stream start = Stream.of(new Person(nodeB), "/")) {
      write(mira, "Seen by all");

      assertThat(guests.await("Seen by all")).doesNotContain("textarea").doesNotContain("/edit");
      assertThat(readers.await("Seen by all")).doesNotContain("textarea").doesNotContain("/edit");
      assertThat(writers.await("Seen by all")).contains("textarea").contains("/c/mira/15/edit");
      assertThat(start.await("</time>")).contains("Mira Solheim").doesNotContain("Tadeo");
    }
  }

  @Test
  void editLikeAndDelete_changeOpenPages() throws Exception {
    Person mira = new Person(nodeA).signIn("mira");
    Person tadeo = new Person(nodeA).signIn("tadeo");
    String version =
        Long.toString(Feed.post(connection.db(), new PostRef("mira", 14)).orElseThrow().version());
    try (Stream feed = Stream.of(new Person(nodeB), "/c/mira");
        Stream single = Stream.of(new Person(nodeB), "/c/mira/14")) {
      tadeo.post("/c/mira/14/like", "/c/mira");
      assertThat(feed.await("<span class=\"likes\">3</span>")).doesNotContain("Frost");

      mira.post(
          "/c/mira/14/edit", "/c/mira/14/edit", "version", version, "text", "Frost, once more");
      feed.await("Frost, once more");
      single.await("Frost, once more");

      mira.post("/c/mira/14/delete", "/c/mira/14/edit");
      single.await("it was deleted");
      assertThat(feed.await("id=\"post-mira-4\"").split("post-mira-13\"", -1))
          .hasSizeGreaterThan(1);
    }
  }

  @Test
  void like_isMarkedForItsAccountAlone() throws Exception {
    Person tadeo = new Person(nodeA).signIn("tadeo");
    Person anotherWindow = new Person(nodeB).signIn("tadeo");
    try (Stream own = Stream.of(anotherWindow, "/c/mira/14");
        Stream others = Stream.of(new Person(nodeB).signIn("sam"), "/c/june/1")) {
      tadeo.post("/c/mira/14/like", "/c/mira/14");
      tadeo.post("/c/june/1/unlike", "/c/june/1");

      assertThat(own.await("<span class=\"likes\">3</span>")).contains("aria-pressed=\"true\"");
      assertThat(others.await("<span class=\"likes\">0</span>")).contains("aria-pressed=\"false\"");
    }
  }

  @Test
  void editPage_ofAPostThatIsDeleted_isLeft() throws Exception {
    Person mira = new Person(nodeA).signIn("mira");
    try (Stream edit = Stream.of(mira, "/c/mira/14/edit")) {
      mira.post("/c/mira/14/delete", "/c/mira/14/edit");

      assertThat(edit.awaitEnd()).contains("event: leave");
    }
  }

  @Test
  void page_ofNobodyYet_saysSo() {
    String empty = "bits:mem:empty-" + UUID.randomUUID();
    try (Connection other = Bits.connect(empty);
        Node node = Node.empty(other)) {
      assertThat(new Person(node).get("/").text(".empty")).contains("Nobody is here yet");
      assertThat(new Person(node).get("/sign-in").document().select(".samples")).isEmpty();
    }
  }
}
