/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.app.account.Accounts;
import page.bits.app.account.Attempts;
import page.bits.app.account.Sessions;
import page.bits.app.account.Sweep;
import page.bits.db.Bits;
import page.bits.db.Connection;

/// Signing in and out, on two nodes of one database.
final class SignInTest {
  private static final String WRONG = "This name and this password do not belong together.";

  private final String uri = "bits:mem:sign-in-" + UUID.randomUUID();
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

  private static String tryOut(Person person, String name, String password) {
    Person.Got got = person.post("/sign-in", "/sign-in", "name", name, "password", password);
    assertThat(got.status()).isEqualTo(422);
    return got.text("#sign-in-error");
  }

  @Test
  void signIn_rightPassword_isSignedInOnEveryNode() {
    var mira = new Person(nodeA);
    Person.Got got = mira.post("/sign-in", "/sign-in", "name", " MIRA ", "password", "open house");

    assertThat(got.status()).isEqualTo(303);
    assertThat(got.location()).isEqualTo("/c/mira");
    assertThat(mira.shownAs()).isEqualTo("Mira Solheim");
    assertThat(mira.at(nodeB).shownAs()).isEqualTo("Mira Solheim");
  }

  @Test
  void signIn_wrongNameOrPassword_isAnsweredAlikeAndKeepsTheName() {
    var person = new Person(nodeA);

    assertThat(tryOut(person, "mira", "open hose")).isEqualTo(WRONG);
    assertThat(tryOut(person, "nobody-at-all", "open house")).isEqualTo(WRONG);
    Person.Got got = person.post("/sign-in", "/sign-in", "name", "mira", "password", "secret-word");
    assertThat(got.document().select("#sign-in-name").attr("value")).isEqualTo("mira");
    assertThat(got.html()).doesNotContain("secret-word");
    assertThat(person.shownAs()).isEmpty();
  }

  @Test
  void signIn_givesAFreshCookie_andStoresOnlyItsHash() {
    var mira = new Person(nodeA);
    mira.get("/");
    String before = mira.cookie("bits-visitor").orElseThrow();
    mira.signIn("mira");
    String after = mira.cookie("bits-visitor").orElseThrow();

    assertThat(after).isNotEqualTo(before);
    List<String> strings =
        connection.db().query("[:find ?v :where [_ :session/key ?v]]").column(String.class);
    assertThat(strings).hasSize(1).noneMatch(key -> key.equals(after) || key.equals(before));
  }

  @Test
  void signIn_underACookieThatSomebodyPlanted_isWorthNothingToThem() {
    var thief = new Person(nodeA);
    thief.get("/");
    var mira = new Person(nodeA);
    mira.bring(thief.cookies());
    mira.signIn("mira");

    assertThat(mira.shownAs()).isEqualTo("Mira Solheim");
    assertThat(thief.shownAs()).isEmpty();
  }

  @Test
  void signIn_elevenTimesWrongOnTwoNodes_hasToWait_evenWithTheRightPassword() {
    for (int i = 0; i < Attempts.PER_NAME_MAX; i++) {
      var person = new Person(i % 2 == 0 ? nodeA : nodeB, "198.51.100." + i);
      assertThat(tryOut(person, "mira", "wrong " + i)).isEqualTo(WRONG);
    }

    var mira = new Person(nodeB, "203.0.113.1");
    assertThat(tryOut(mira, "mira", "open house"))
        .isEqualTo("Too many attempts. Please try again in 15 minutes.");

    nodeB.setClock(Node.START.plus(Attempts.WINDOW));
    assertThat(mira.signIn("mira").shownAs()).isEqualTo("Mira Solheim");
  }

  @Test
  void signIn_rightAgainAndAgain_isNeverLimited() {
    for (int i = 0; i < Attempts.PER_NAME_MAX + 5; i++) {
      new Person(nodeA).signIn("sam");
    }

    assertThat(tryOut(new Person(nodeA), "sam", "wrong")).isEqualTo(WRONG);
  }

  @Test
  void signOut_here_endsThisSessionAlone() {
    Person mira = new Person(nodeA).signIn("mira");
    Person elsewhere = new Person(nodeB).signIn("mira");

    assertThat(mira.post("/sign-out", "/").status()).isEqualTo(303);

    assertThat(mira.shownAs()).isEmpty();
    assertThat(elsewhere.shownAs()).isEqualTo("Mira Solheim");
  }

  @Test
  void signOut_everywhere_endsAllOfThem() {
    Person mira = new Person(nodeA).signIn("mira");
    Person elsewhere = new Person(nodeB).signIn("mira");
    Person tadeo = new Person(nodeB).signIn("tadeo");

    elsewhere.post("/sign-out/everywhere", "/settings");

    assertThat(mira.shownAs()).isEmpty();
    assertThat(elsewhere.shownAs()).isEmpty();
    assertThat(tadeo.shownAs()).isEqualTo("Tadeo Ruiz");
  }

  @Test
  void sessions_beyondTheMostOfAnAccount_endTheOldest() {
    long mira = Accounts.named(connection.db(), "mira").orElseThrow();
    for (int i = 0; i <= Sessions.OF_AN_ACCOUNT_MAX; i++) {
      String key = "key-" + i;
      connection.transact(Sessions.open(connection.db(), key, "none", mira, "Firefox", Node.START));
    }

    assertThat(Sessions.of(connection.db(), mira)).hasSize(Sessions.OF_AN_ACCOUNT_MAX);
    assertThat(Sessions.account(connection.db(), "key-0")).isEmpty();
    assertThat(Sessions.account(connection.db(), "key-1")).isPresent();
  }

  @Test
  void settings_listSessions_andEndOne() {
    Person mira = new Person(nodeA).signIn("mira");
    Person elsewhere = new Person(nodeB).signIn("mira");
    Person.Got settings = mira.get("/settings");
    assertThat(settings.document().select(".sessions > li")).hasSize(2);
    assertThat(settings.text(".sessions > li:has(.tag)")).contains("Firefox on Linux");
    String other = settings.document().select(".sessions > li:not(:has(.tag)) form").attr("action");

    assertThat(mira.post(other, "/settings").status()).isEqualTo(303);

    assertThat(elsewhere.shownAs()).isEmpty();
    assertThat(mira.get("/settings").document().select(".sessions > li")).hasSize(1);
  }

  @Test
  void settings_sessionOfSomebodyElse_cannotBeEnded() {
    Person mira = new Person(nodeA).signIn("mira");
    String miras = mira.get("/settings").document().select(".sessions form").attr("action");
    Person tadeo = new Person(nodeA).signIn("tadeo");

    tadeo.post(miras, "/settings");

    assertThat(mira.shownAs()).isEqualTo("Mira Solheim");
  }

  @Test
  void guards_leadWhoIsNotSignedInToTheDoor() {
    var guest = new Person(nodeA);

    assertThat(guest.get("/settings").location()).isEqualTo("/sign-in");
    assertThat(guest.get("/c/mira/14/edit").location()).isEqualTo("/sign-in");
    assertThat(guest.get("/c/mira/99/edit").status()).isEqualTo(404);
    assertThat(guest.signIn("tadeo").get("/c/mira/14/edit").status()).isEqualTo(403);
    assertThat(guest.get("/sign-in").location()).isEqualTo("/c/tadeo");
  }

  @Test
  void signOut_elsewhere_isSeenByAnOpenPage() throws Exception {
    Person mira = new Person(nodeA).signIn("mira");
    try (Stream page = Stream.of(mira, "/c/mira");
        Stream settings = Stream.of(mira, "/settings")) {
      new Person(nodeB).signIn("mira").post("/sign-out/everywhere", "/settings");

      assertThat(page.await("Sign in</a>")).contains("id=\"b-nav\"");
      assertThat(settings.awaitEnd()).contains("event: leave");
    }
  }

  @Test
  void session_overItsTime_isSweptOnEveryNode() {
    Person mira = new Person(nodeA).signIn("mira");

    Sweep.once(connection, Node.START.plus(Sessions.MAX_AGE).plusMillis(1));

    assertThat(mira.shownAs()).isEmpty();
  }
}
