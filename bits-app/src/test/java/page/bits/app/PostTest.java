/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.app.account.Account;
import page.bits.app.account.Sessions;
import page.bits.app.feed.Feed;
import page.bits.app.feed.Post;
import page.bits.app.feed.PostRef;
import page.bits.app.feed.Writing;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.DbError;
import page.bits.error.BitsException;

/// Writing, editing, deleting and liking, on two nodes of one database.
final class PostTest {
  private static final PostRef LAST = new PostRef("mira", 14);

  private final String uri = "bits:mem:post-" + UUID.randomUUID();
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

  private Person mira() {
    return new Person(nodeA).signIn("mira");
  }

  private static Person.Got write(Person person, String text) {
    return person.post("/c/mira/posts", "/c/mira", "text", text);
  }

  private String version(PostRef ref) {
    return Long.toString(Feed.post(connection.db(), ref).orElseThrow().version());
  }

  private Person.Got edit(Person person, String version, String text) {
    return person.post("/c/mira/14/edit", "/c/mira/14/edit", "version", version, "text", text);
  }

  @Test
  void demo_onTwoNodes_isThereOnce() {
    assertThat(new Person(nodeB).get("/").document().select(".card")).hasSize(4);
    assertThat(Feed.page(connection.db(), "mira", 0).posts().getFirst()).isEqualTo(LAST);
  }

  @Test
  void post_byItsCreator_isTheNewestForEverybodyOnEveryNode() {
    assertThat(write(mira(), "Hello *over there*").status()).isEqualTo(303);

    Person.Got page = new Person(nodeB).get("/c/mira");
    assertThat(page.document().select(".feed .post:first-child .text").html())
        .contains("<em>over there</em>");
    assertThat(new Person(nodeB).get("/c/mira/15").text(".text")).isEqualTo("Hello over there");
  }

  @Test
  void actions_onNumbersThatNoPostHas_areRefusedAsInput() {
    Person mira = mira();
    for (String number : List.of("-5", "0", Long.toString(PostRef.NUMBER_MAX + 1))) {
      assertThat(mira.post("/c/mira/" + number + "/like", "/c/mira").status()).isEqualTo(400);
      assertThat(mira.post("/c/mira/" + number + "/delete", "/c/mira").status()).isEqualTo(400);
    }
  }

  @Test
  void post_bySomebodyElse_changesNothing() {
    assertThat(write(new Person(nodeA), "From nobody").location()).isEqualTo("/sign-in");
    assertThat(write(new Person(nodeA).signIn("tadeo"), "From Tadeo").status()).isEqualTo(303);
    assertThat(write(new Person(nodeA).signIn("sam"), "From Sam").status()).isEqualTo(303);

    assertThat(Feed.page(connection.db(), "mira", 0).posts().getFirst()).isEqualTo(LAST);
  }

  @Test
  void post_thatIsEmptyOrTooLong_isSentBackWithWhatWasTyped() {
    Person mira = mira();
    Person.Got empty = write(mira, "  ");
    Person.Got tooLong = write(mira, "😀".repeat(5_001));
    Person.Got invisible = write(mira, "[a]: https://example.org");

    assertThat(empty.status()).isEqualTo(422);
    assertThat(empty.text(".composer .error")).isEqualTo("Please write something here.");
    assertThat(tooLong.text(".composer .error")).isEqualTo("At most 5000 characters, please.");
    assertThat(tooLong.document().select(".composer textarea").text()).hasSize(10_002);
    assertThat(invisible.text(".composer .error")).isNotEmpty();
    assertThat(write(mira, "😀".repeat(5_000)).status()).isEqualTo(303);
  }

  @Test
  void post_manyAtOnce_allGetNumbersOfTheirOwn() throws Exception {
    Person mira = mira();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 12; i++) {
      String text = "at once " + i;
      var person = new Person(i % 2 == 0 ? nodeA : nodeB);
      person.bring(mira.cookies());
      threads.add(Thread.ofVirtual().start(() -> write(person, text)));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    List<Long> numbers =
        Feed.page(connection.db(), "mira", 0).posts().stream().map(PostRef::number).toList();
    assertThat(numbers).containsExactly(26L, 25L, 24L, 23L, 22L, 21L, 20L, 19L, 18L, 17L);
  }

  @Test
  void edit_byItsCreator_showsTheNewTextAndThatItWasEdited() {
    assertThat(edit(mira(), version(LAST), "Better").location()).isEqualTo("/c/mira/14");

    Person.Got page = new Person(nodeB).get("/c/mira/14");
    assertThat(page.text(".text")).isEqualTo("Better");
    assertThat(page.text(".when")).contains("edited");
  }

  @Test
  void edit_ofATextThatChangedMeanwhile_isSentBackWithBoth() {
    Person mira = mira();
    String version = version(LAST);
    edit(mira, version, "First window");

    Person.Got second = edit(mira, version, "Second window");

    assertThat(second.status()).isEqualTo(422);
    assertThat(second.text("#edit-error")).contains("changed this post meanwhile");
    assertThat(second.document().select("#edit-text").text()).isEqualTo("Second window");
    assertThat(Feed.post(connection.db(), LAST).map(Post::text)).contains("First window");
    String now = second.document().select("input[name=version]").attr("value");
    assertThat(edit(mira, now, "Second window").status()).isEqualTo(303);
  }

  @Test
  void edit_bySomebodyElse_changesNothing() {
    String version = version(LAST);
    edit(new Person(nodeA), version, "Nobody's");
    edit(new Person(nodeA).signIn("tadeo"), version, "Tadeo's");

    assertThat(version(LAST)).isEqualTo(version);
  }

  @Test
  void delete_byItsCreator_takesItFromEveryPage() {
    Person mira = mira();

    assertThat(mira.post("/c/mira/14/delete", "/c/mira/14/edit").location()).isEqualTo("/c/mira");

    var guest = new Person(nodeB);
    assertThat(guest.get("/c/mira").text(".feed")).doesNotContain("Frost on the shed");
    assertThat(guest.get("/c/mira/14").status()).isEqualTo(404);
    assertThat(edit(mira, "1000", "Late").location()).isEqualTo("/c/mira");
    assertThat(mira.post("/c/mira/14/like", "/c/mira").status()).isEqualTo(303);
    assertThat(connection.db().entid(LAST.entity())).isEmpty();
    write(mira, "The next one");
    assertThat(Feed.page(connection.db(), "mira", 0).posts().getFirst().number()).isEqualTo(15);
  }

  @Test
  void delete_bySomebodyElse_changesNothing() {
    new Person(nodeA).signIn("tadeo").post("/c/mira/14/delete", "/c/mira");
    new Person(nodeA).post("/c/mira/14/delete", "/c/mira");

    assertThat(connection.db().entid(LAST.entity())).isPresent();
  }

  @Test
  void like_onceOrTwice_countsOnce_andIsTakenBack() {
    Person tadeo = new Person(nodeA).signIn("tadeo");
    assertThat(tadeo.get("/c/mira/14").text(".likes")).isEqualTo("2");

    tadeo.post("/c/mira/14/like", "/c/mira/14");
    tadeo.at(nodeB).post("/c/mira/14/like", "/c/mira/14");

    assertThat(new Person(nodeA).get("/c/mira/14").text(".likes")).isEqualTo("3");
    assertThat(tadeo.get("/c/mira/14").document().select(".like[aria-pressed=true]")).hasSize(1);
    tadeo.post("/c/mira/14/unlike", "/c/mira/14");
    tadeo.post("/c/mira/14/unlike", "/c/mira/14");
    assertThat(tadeo.get("/c/mira/14").text(".likes")).isEqualTo("2");
  }

  @Test
  void like_byNobody_leadsToTheDoor() {
    assertThat(new Person(nodeA).post("/c/mira/14/like", "/c/mira/14").location())
        .isEqualTo("/sign-in");
    assertThat(Feed.likes(connection.db(), LAST)).isEqualTo(2);
  }

  @Test
  void transactions_afterWhatTheyAreAboutIsGone_areRefused() {
    mira();
    String key = session();
    Account account = Sessions.account(connection.db(), key).orElseThrow();
    List<Object> guard = Sessions.guard(key, account);
    Post post = Feed.post(connection.db(), LAST).orElseThrow();
    connection.transact(List.of(guard)); // holds, and changes nothing

    connection.transact(Writing.delete(LAST));
    assertRefused(Writing.edit(post, "Too late"));
    assertRefused(Writing.like(LAST, account.entity()));

    connection.transact(Sessions.end(Sessions.of(connection.db(), account.entity())));
    var write = new ArrayList<Object>(List.of(guard));
    write.addAll(Writing.post(new PostRef("mira", 15), "Too late"));
    assertRefused(write);
    assertThat(Feed.page(connection.db(), "mira", 0).posts().getFirst().number()).isEqualTo(13);
  }

  private String session() {
    return connection
        .db()
        .query("[:find ?k :where [?s :session/account _] [?s :session/key ?k]]")
        .column(String.class)
        .getFirst();
  }

  private void assertRefused(List<Object> forms) {
    assertThatThrownBy(() -> connection.transact(forms))
        .isInstanceOfSatisfying(
            BitsException.class,
            refused ->
                assertThat(refused.is(DbError.CAS_FAILED) || refused.is(DbError.NOT_AN_ENTITY))
                    .isTrue());
  }

  @Test
  void profile_saved_isSeenByAll_andWrongLinksAreSentBack() {
    Person mira = mira();
    Person.Got wrong =
        mira.post(
            "/settings/profile",
            "/settings",
            "name",
            "Mira S.",
            "bio",
            "Short.",
            "links",
            "Shop javascript:alert(1)");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.text("#profile-links-error")).startsWith("Line 1: ");
    assertThat(wrong.document().select("#profile-name").attr("value")).isEqualTo("Mira S.");

    mira.post("/settings/profile", "/settings", "name", "Mira S.", "bio", "", "links", "");

    Person.Got page = new Person(nodeB).get("/c/mira");
    assertThat(page.text("h1")).isEqualTo("Mira S.");
    assertThat(page.document().select(".links, .bio")).isEmpty();
    assertThat(page.document().title()).isEqualTo("Mira S. · Bits");
  }

  @Test
  void profile_nameWithInvisibleSigns_isSentBack() {
    Person.Got got =
        mira().post("/settings/profile", "/settings", "name", "Mi\u202Era", "bio", "", "links", "");

    assertThat(got.text("#profile-name-error")).contains("one line");
  }
}
