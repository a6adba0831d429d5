/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.error.BitsException;
import page.bits.live.Act;
import page.bits.live.Answer;
import page.bits.live.Form;
import page.bits.live.Fragment;
import page.bits.live.Html;
import page.bits.live.LiveSettings;
import page.bits.live.Site;
import page.bits.live.Text;

/// The driver, driven; the first test is the sample of `docs/guides/testing.md`.
final class TestSiteTest {
  private static final String SCHEMA =
      """
      [{:db/ident :entry/text :db/valueType :db.type/string :db/cardinality :db.cardinality/one}]
      """;

  record Sign(@Text(max = 40) String text) {}

  private static final List<?> NEVER = List.of(":db/cas", ":entry/text", ":db/doc", "one", "two");

  private static final Fragment<Fragment.None> FORM =
      Fragment.form("form", Fragment.None.class, TestSiteTest::form);
  private static final Fragment<Fragment.None> ENTRIES =
      Fragment.shared("entries", TestSiteTest::entries).in("main");

  private final Connection connection = Bits.connect("bits:mem:" + UUID.randomUUID());
  private final TestSite site = TestSite.of(guestbook(connection), guestbook(connection));

  private static Site guestbook(Connection connection) {
    connection.ensureSchema(SCHEMA);
    return Site.on(connection)
        .settings(LiveSettings.standard().drain(Duration.ofMillis(1)))
        .page("/", view -> view.show(ENTRIES))
        .action("/sign", Sign.class, FORM, Fragment.None.class, TestSiteTest::sign)
        .action("/insist", Sign.class, TestSiteTest::insist);
  }

  private static Html form(Db db, Fragment.None none, Form form) {
    return new Html.Builder()
        .markup("<form action=\"/sign\" method=\"post\"><input name=\"text\" value=\"")
        .add(Html.of(form.value("text")))
        .markup("\"><p>")
        .add(Html.of(form.error("text")))
        .markup("</p></form>")
        .build();
  }

  private static Html entries(Db db) {
    var html = new Html.Builder().add(FORM.show(Fragment.None.NONE)).markup("<ul>");
    Set<?> entries =
        (Set<?>) Objects.requireNonNull(db.q("[:find ?e ?t :where [?e :entry/text ?t]]"));
    entries.stream()
        .map(row -> ((List<?>) row).get(1).toString())
        .sorted()
        .forEach(text -> html.markup("<li>").add(Html.of(text)).markup("</li>"));
    return html.markup("</ul><form action=\"/insist\" method=\"post\"></form>").build();
  }

  private static Answer sign(Act act, Sign sign) {
    act.transact(List.of(Map.of(":entry/text", sign.text())));
    return Answer.stay();
  }

  /// A first try that is refused, as where another window was faster, and a second one.
  private static Answer insist(Act act, Sign sign) {
    try {
      act.transact(List.of(NEVER));
    } catch (BitsException refused) {
      if (refused.is(DbError.TX_ID_REUSED)) {
        return Answer.stay(); // this submit was here before
      }
      assertThat(refused.is(DbError.CAS_FAILED)).isTrue();
    }
    return sign(act, sign);
  }

  @AfterEach
  void close() {
    site.close();
    connection.close();
  }

  @Test
  void submit_onOneNode_isSeenOnAnother() {
    try (OpenPage ada = site.visitor(0).open("/");
        OpenPage bob = site.visitor(1).open("/")) {
      TestAnswer answer = ada.submit("/sign", Map.of("text", "Ada was <here>"));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(ada.text("entries")).isEqualTo("Ada was <here>"); // the answer is a frame
      bob.await("entries", text -> text.equals("Ada was <here>"));
      assertThat(bob.loads()).as("no reload").isEqualTo(1);
    }
  }

  @Test
  void submit_invalid_showsWhatIsWrongUntilItIsRight() {
    try (OpenPage ada = site.visitor().open("/");
        OpenPage bob = site.visitor().open("/")) {
      assertThat(ada.submit("/sign", Map.of("text", "")).status()).isEqualTo(422);
      assertThat(ada.text("form")).isEqualTo("Please write something here.");

      bob.submit("/sign", Map.of("text", "one"));
      ada.await("entries", text -> text.contains("one"));
      assertThat(ada.text("form")).as("still").isEqualTo("Please write something here.");
      assertThat(bob.text("form")).isEmpty();

      ada.submit("/sign", Map.of("text", "two"));
      assertThat(ada.text("form")).isEmpty();
      assertThat(ada.text("entries")).isEqualTo("one two");
    }
  }

  @Test
  void submit_repeatedUnderOneId_happensOnce() {
    UUID id = UUID.randomUUID();
    try (OpenPage ada = site.visitor().open("/")) {
      ada.submit("/sign", Map.of("text", "once"), id);
      ada.moveTo(1).submit("/sign", Map.of("text", "once"), id);

      assertThat(ada.text("entries")).isEqualTo("once");
    }
  }

  @Test
  void submit_repeatedAfterARefusedTry_happensOnce() {
    UUID id = UUID.randomUUID();
    try (OpenPage ada = site.visitor().open("/")) {
      ada.submit("/insist", Map.of("text", "once"), id);
      ada.moveTo(1).submit("/insist", Map.of("text", "once"), id);

      assertThat(ada.text("entries")).isEqualTo("once");
    }
  }

  @Test
  void submit_withoutAForm_failsTheTest() {
    try (OpenPage ada = site.visitor().open("/")) {
      assertThatThrownBy(() -> ada.submit("/delete", Map.of()))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("/delete");
    }
  }

  @Test
  void drain_openPage_goesOnAtTheOtherNode() {
    Visitor visitor = site.visitor(0);
    try (OpenPage ada = visitor.open("/");
        OpenPage bob = site.visitor(1).open("/")) {
      bob.submit("/sign", Map.of("text", "before"));
      ada.await("entries", text -> text.contains("before"));
      site.drain(0);
      bob.submit("/sign", Map.of("text", "after"));

      ada.await("entries", text -> text.contains("after"));
      assertThat(ada.loads()).isEqualTo(1);
      assertThat(visitor.node()).isEqualTo(1);
    }
  }

  @Test
  void post_withoutScript_leadsBackToThePage() {
    Visitor ada = site.visitor();
    TestAnswer answer = ada.post("/", "/sign", Map.of("text", "plain"));

    assertThat(answer.status()).isEqualTo(303);
    assertThat(ada.get(answer.location().orElseThrow()).body()).contains("<li>plain</li>");
    assertThat(ada.post("/", "/sign", Map.of("text", "")).body()).contains("Please write");
  }

  @Test
  void markup_elements_areFoundWhateverStandsAround() {
    String html =
        "<body><!-- <p id=\"x\"> --><script>'<p id=\"x\">'</script>"
            + "<div title=\"<div id='y'>\" id=\"x\">a<div>b</div><br></div>c</body>";

    assertThat(Markup.element(html, "x").of(html))
        .isEqualTo("<div title=\"<div id='y'>\" id=\"x\">a<div>b</div><br></div>");
    assertThat(Markup.element(html, "y").from()).isEqualTo(-1);
  }
}
