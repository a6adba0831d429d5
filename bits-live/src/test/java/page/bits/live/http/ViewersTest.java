/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import static org.assertj.core.api.Assertions.assertThat;
import static page.bits.live.http.Browser.header;
import static page.bits.live.http.Browser.text;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Db;
import page.bits.live.Access;
import page.bits.live.Act;
import page.bits.live.Answer;
import page.bits.live.Form;
import page.bits.live.Fragment;
import page.bits.live.Html;
import page.bits.live.Page;
import page.bits.live.Site;
import page.bits.live.View;
import page.bits.live.Viewer;
import page.bits.live.frame.SseEvent;

final class ViewersTest {
  private static final String SCHEMA =
      """
      [{:db/ident :seat/key :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :seat/role :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
       {:db/ident :seat/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
       {:db/ident :seat/replaced :db/valueType :db.type/boolean :db/cardinality :db.cardinality/one}
       {:db/ident :note/text :db/valueType :db.type/string :db/cardinality :db.cardinality/one}]
      """;

  record Role(String name) {}

  record Note(String text) {}

  record Seat(String role, String name) {}

  private final Connection connection = Bits.connect("bits:mem:" + UUID.randomUUID());
  private final CountDownLatch never = new CountDownLatch(1);

  private final Fragment<Fragment.None> notes =
      Fragment.shared(
          "notes", db -> Html.of(list(db, "[:find [?t ...] :where [_ :note/text ?t]]").toString()));
  private final Fragment<Fragment.None> tools =
      Fragment.scoped(
          "tools",
          (db, viewer) -> new Role(of(db, viewer, ":seat/role")),
          (Db db, Role role) -> Html.of("tools of a " + role.name()));
  private final Fragment<Fragment.None> hello =
      Fragment.personal(
          "hello",
          (Db db, Viewer viewer, Form form) ->
              Html.of("hello " + of(db, viewer, ":seat/name") + form.error("text")));
  private final Fragment<Fragment.None> slow =
      Fragment.shared(
          "slow",
          db -> {
            boolean isSlow = !list(db, "[:find [?n ...] :where [_ :seat/name ?n]]").isEmpty();
            if (isSlow) {
              await(never);
            }
            return Html.of("quick");
          });
  private final Fragment<Fragment.None> cheat =
      Fragment.shared("cheat", db -> Html.of("at " + connection.db().basisT()));
  private final LiveServer server = LiveServer.of(site());

  private Site site() {
    connection.ensureSchema(SCHEMA);
    return Site.on(connection)
        .guard((db, params, viewer) -> seat(db, viewer))
        .page("/", this::home)
        .page("/notes", view -> view.show(notes))
        .page("/cheat", view -> view.show(cheat))
        .page("/slow", view -> Html.join(List.of(view.show(slow), view.show(notes))))
        .page("/staff", ViewersTest::staff, view -> Html.of("for staff"))
        .action("/sit", Seat.class, ViewersTest::sit)
        .action("/leave", Fragment.None.class, ViewersTest::leave)
        .action("/write", Note.class, hello, Fragment.None.class, ViewersTest::write);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) { // the test ends
      Thread.currentThread().interrupt();
    }
  }

  private Html home(View view) {
    return Html.join(List.of(view.show(notes), view.show(tools), view.show(hello)));
  }

  private static List<?> list(Db db, String query, Object... inputs) {
    return (List<?>) java.util.Objects.requireNonNull(db.q(query, inputs));
  }

  private static String of(Db db, Viewer viewer, String attribute) {
    List<?> found =
        list(
            db,
            "[:find [?v ...] :in $ ?k ?a :where [?e :seat/key ?k] [?e ?a ?v]]",
            viewer.id(),
            page.bits.edn.Keyword.of(attribute));
    return found.isEmpty() ? "nobody" : found.getFirst().toString();
  }

  private static Access seat(Db db, Viewer viewer) {
    return of(db, viewer, ":seat/replaced").equals("true") ? Access.reload() : Access.allow();
  }

  private static Access staff(Db db, Page.Params params, Viewer viewer) {
    return of(db, viewer, ":seat/role").equals("staff")
        ? Access.allow()
        : Access.redirect("/notes");
  }

  private static Answer sit(Act act, Seat seat) {
    Viewer fresh = act.renewViewer(Duration.ofDays(1));
    act.transact(
        List.of(
            Map.of(":seat/key", fresh.id(), ":seat/role", seat.role(), ":seat/name", seat.name()),
            Map.of(":seat/key", act.viewer().id(), ":seat/replaced", true)));
    return Answer.stay();
  }

  private static Answer leave(Act act, Fragment.None none) {
    act.transact(List.of(Map.of(":seat/key", act.viewer().id(), ":seat/role", "guest")));
    return Answer.stay();
  }

  private static Answer write(Act act, Note note) {
    act.transact(List.of(Map.of(":note/text", note.text())));
    return Answer.stay();
  }

  @AfterEach
  void close() {
    server.close();
    connection.close();
  }

  private Browser browser() {
    return new Browser(server);
  }

  private Browser seated(String role, String name) {
    Browser browser = browser();
    browser.get("/");
    assertThat(browser.post("/sit", "role=" + role + "&name=" + name).status()).isEqualTo(303);
    return browser;
  }

  @Test
  void page_firstVisit_bringsACookieThatOnlyHttpSees() {
    Browser browser = browser();
    LiveResponse page = browser.get("/");

    Optional<String> cookie =
        page.headers().stream()
            .map(LiveResponse.Header::value)
            .filter(value -> value.startsWith("bits-visitor="))
            .findFirst();
    assertThat(cookie.orElseThrow())
        .matches("bits-visitor=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax");
    assertThat(browser.get("/").headers())
        .noneMatch(header -> header.value().startsWith("bits-visitor="));
  }

  @Test
  void page_overTls_bringsAHostCookieAndTrustsNoOther() {
    Browser browser = browser();
    String plain = header(browser.get("/"), "Bits-Cursor");
    assertThat(plain).isNotEmpty();

    LiveResponse page = browser.get("/", "x-forwarded-proto", "https");

    assertThat(page.headers().stream().map(LiveResponse.Header::value))
        .anyMatch(value -> value.matches("__Host-bits-visitor=.{43}; Path=/; .*; Secure"));
  }

  @Test
  void kinds_twoViewers_seeTheirOwn() {
    Browser ada = seated("staff", "Ada");
    Browser bob = seated("guest", "Bob");

    assertThat(text(ada.get("/"))).contains("tools of a staff", "hello Ada").doesNotContain("Bob");
    assertThat(text(bob.get("/"))).contains("tools of a guest", "hello Bob").doesNotContain("Ada");
    assertThat(text(browser().get("/"))).contains("tools of a nobody", "hello nobody");
  }

  @Test
  void scoped_scopeChanges_theViewersStreamFollows() {
    Browser ada = seated("staff", "Ada");
    LiveResponse page = ada.get("/");
    seated("guest", "Bob").get("/"); // the other scope is rendered already
    try (StreamReader stream = ada.stream("/", page)) {
      ada.post("/leave", "");

      SseEvent event = stream.next();
      assertThat(event.data()).contains("hx-target=\"#b-tools\"", "tools of a guest");
    }
  }

  @Test
  void guard_answers_areAnswersOfThePage() {
    assertThat(text(seated("staff", "Ada").get("/staff"))).contains("for staff");
    LiveResponse page = browser().get("/staff");
    assertThat(page.status()).isEqualTo(303);
    assertThat(header(page, "Location")).isEqualTo("/notes");
  }

  @Test
  void guard_turns_endsTheStreamWithLeaveAndNoFrame() {
    Browser ada = seated("staff", "Ada");
    try (StreamReader stream = ada.stream("/staff", ada.get("/staff"))) {
      ada.post("/leave", "");

      assertThat(stream.next().type()).isEqualTo("leave");
      assertThat(stream.rest()).isEmpty();
    }
    assertThat(ada.get("/staff").status()).isEqualTo(303);
  }

  @Test
  void signIn_otherTabOfTheBrowser_leavesAndLoadsAnew() {
    Browser ada = browser();
    LiveResponse page = ada.get("/");
    String old = ada.cookies().get("bits-visitor");
    try (StreamReader other = ada.stream("/", page)) {
      String cursor = header(page, "Bits-Cursor");
      LiveResponse answer =
          ada.post("/sit", "role=staff&name=Ada", "bits-page", "/", "bits-cursor", cursor);

      assertThat(header(answer, "HX-Redirect")).as("a navigation, no frame").isEqualTo("/");
      assertThat(other.next().type()).isEqualTo("leave");
    }
    assertThat(text(ada.get("/"))).contains("hello Ada");
    Browser thief = browser();
    thief.cookies().put("bits-visitor", old);
    assertThat(text(thief.get("/"))).as("the replaced cookie").contains("hello nobody");
    assertThat(thief.cookies().get("bits-visitor")).isNotEqualTo(old);
  }

  @Test
  void stream_pageWasMadeForAnotherViewer_isGone() {
    Browser ada = browser();
    LiveResponse page = ada.get("/");
    String tag = text(page).replaceAll("(?s).*name=\"bits-viewer\" content=\"(.*?)\".*", "$1");
    String stream = "/-/stream?page=/&cursor=" + header(page, "Bits-Cursor") + "&viewer=" + tag;

    assertThat(ada.get(stream).status()).isEqualTo(200);
    ada.post("/sit", "role=staff&name=Ada");
    assertThat(ada.get(stream).status()).isEqualTo(410);
  }

  @Test
  void post_invalid_showsTheSendersErrorToNobodyElse() {
    Browser ada = seated("staff", "Ada");
    LiveResponse page = ada.get("/");

    LiveResponse answer =
        ada.post("/write", "", "bits-page", "/", "bits-cursor", header(page, "Bits-Cursor"));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(text(answer)).contains("hello Ada", "Please write something");
    assertThat(text(seated("guest", "Bob").get("/"))).doesNotContain("Please write");
  }

  @Test
  void fragment_thatReadsPastWhatItWasGiven_isRefused() {
    assertThat(text(browser().get("/cheat"))).contains("bits-error").doesNotContain("at 1");
    assertThat(text(browser().get("/-/metrics")))
        .contains("bits_fragment_failures_total{fragment=\"cheat\"} 1");
  }

  @Test
  void slowFragment_otherPages_goOn() {
    Browser ada = browser();
    LiveResponse slowPage = ada.get("/slow");
    LiveResponse page = ada.get("/notes");
    try (StreamReader stuck = ada.stream("/slow", slowPage);
        StreamReader stream = ada.stream("/notes", page)) {
      seated("guest", "Bob"); // from now on the slow fragment never ends
      ada.post("/write", "text=one");
      assertThat(stream.next().data()).contains("one");
      ada.post("/write", "text=two");
      assertThat(stream.next().data()).contains("two");
      assertThat(stuck).isNotNull();
    } finally {
      never.countDown();
    }
  }
}
