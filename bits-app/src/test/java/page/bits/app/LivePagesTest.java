/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.app.feed.Feed;
import page.bits.app.feed.PostRef;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.live.test.OpenPage;
import page.bits.live.test.TestSite;
import page.bits.live.test.Visitor;

/// What open pages on two nodes see of what others do, and what they never see.
final class LivePagesTest {
  private static final Map<String, String> NOTHING = Map.of();

  private final String uri = "bits:mem:live-" + UUID.randomUUID();
  private final Connection connection = Bits.connect(uri);
  private final TestSite site =
      TestSite.of(
          App.site(connection, InstantSource.system(), /* isDemo= */ true),
          App.site(connection, InstantSource.system(), /* isDemo= */ true));

  @AfterEach
  void close() {
    site.close();
    connection.close();
    Bits.delete(uri);
  }

  private Visitor signedIn(int node, String name) {
    Visitor visitor = site.visitor(node);
    visitor.open("/sign-in").submit("/sign-in", Map.of("name", name, "password", "open house"));
    return visitor;
  }

  @Test
  void post_comesToEveryOpenPage_andTheFormOnlyToItsWriter() {
    OpenPage writer = signedIn(0, "mira").open("/c/mira");
    OpenPage reader = signedIn(1, "tadeo").open("/c/mira");
    OpenPage guest = site.visitor(1).open("/c/mira");
    OpenPage otherNodesWriter = signedIn(1, "mira").open("/c/mira");

    writer.submit("/c/mira/posts", Map.of("text", "Seen by all"));

    for (OpenPage page : new OpenPage[] {writer, reader, guest, otherNodesWriter}) {
      page.await("feed", text -> text.contains("Seen by all"));
      assertThat(page.loads()).isEqualTo(1);
    }
    for (OpenPage page : new OpenPage[] {reader, guest}) {
      assertThat(page.html()).doesNotContain("textarea").doesNotContain("/edit");
    }
    assertThat(otherNodesWriter.html()).contains("textarea").contains("/c/mira/15/edit");
  }

  @Test
  void post_rendersOneFeedOnce_howeverManyLook() {
    OpenPage writer = signedIn(0, "mira").open("/c/mira");
    for (int i = 0; i < 20; i++) {
      site.visitor().open("/c/june");
    }
    OpenPage guest = site.visitor().open("/c/mira");
    for (int i = 0; i < 20; i++) {
      site.visitor().open("/c/mira");
    }
    double before = site.metric(0, "bits_fragment_renders_total{fragment=\"feed\"}");

    writer.submit("/c/mira/posts", Map.of("text", "Rendered once"));
    guest.await("feed", text -> text.contains("Rendered once"));
    writer.await("feed", text -> text.contains("Rendered once"));

    assertThat(site.metric(0, "bits_fragment_renders_total{fragment=\"feed\"}") - before)
        .as("one for its writer, one for everybody else")
        .isEqualTo(2);
  }

  @Test
  void editLikeAndDelete_changeOpenPagesOfTheOtherNode() {
    OpenPage feed = site.visitor(1).open("/c/mira");
    OpenPage single = site.visitor(1).open("/c/mira/14");
    Visitor mira = signedIn(0, "mira");
    OpenPage edit = mira.open("/c/mira/14/edit");
    OpenPage another = mira.open("/c/mira/14/edit");

    signedIn(0, "tadeo").open("/c/mira/14").submit("/c/mira/14/like", NOTHING);
    assertThat(single.await("like", text -> text.equals("3"))).isEqualTo("3");

    String version =
        Long.toString(Feed.post(connection.db(), new PostRef("mira", 14)).orElseThrow().version());
    edit.submit("/c/mira/14/edit", Map.of("version", version, "text", "Frost, *once* more"));
    single.await("post", text -> text.contains("Frost, once more"));
    feed.awaitPage("the new text", page -> page.html().contains("Frost, <em>once</em> more"));

    another.submit("/c/mira/14/delete", NOTHING);
    single.awaitPage("that it is gone", page -> page.html().contains("it was deleted"));
    feed.awaitPage("one post less", page -> !page.html().contains("post-mira-14\""));
    assertThat(feed.html()).contains("post-mira-4\"");
  }

  @Test
  void like_isMarkedForItsAccountAlone_onEveryDevice() {
    OpenPage own = signedIn(0, "tadeo").open("/c/mira/14");
    OpenPage device = signedIn(1, "tadeo").open("/c/mira/14");
    OpenPage sam = signedIn(1, "anouk").open("/c/june/1");

    own.submit("/c/mira/14/like", NOTHING);

    device.awaitPage("it is liked", page -> page.html().contains("aria-pressed=\"true\""));
    assertThat(sam.html("like")).contains("aria-pressed=\"false\"");
  }

  @Test
  void signOut_everywhere_isSeenByEveryOpenPage() {
    OpenPage page = signedIn(0, "mira").open("/c/mira");
    OpenPage settings = signedIn(1, "mira").open("/settings");
    assertThat(page.html()).contains("textarea");

    settings.submit("/sign-out/everywhere", NOTHING);

    page.await("nav", text -> text.equals("Sign in"));
    page.awaitPage("no form any more", p -> !p.html().contains("textarea"));
    assertThat(page.loads()).isEqualTo(1);
  }

  @Test
  void editPage_ofAPostThatIsDeletedElsewhere_isLeft() {
    OpenPage edit = signedIn(0, "mira").open("/c/mira/14/edit");

    signedIn(1, "mira").open("/c/mira/14/edit").submit("/c/mira/14/delete", NOTHING);

    edit.awaitPage("that there is no such page", page -> page.status() == 404);
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
