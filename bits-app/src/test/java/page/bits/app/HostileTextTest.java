/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.app.feed.PostRef;
import page.bits.app.feed.Writing;
import page.bits.db.Bits;
import page.bits.db.Connection;

/// 500 hostile texts as name, bio, links and post, put into the database past all validation: pages
/// and stream hold nothing of theirs that lives. Judged by a parser of HTML as browsers have one.
final class HostileTextTest {
  private static final long SEED = Long.getLong("test.seed", 20_261_126);
  private static final int TEXTS = 500;
  private static final int AT_ONCE = 10; // as many as a page of posts holds

  private static final Set<String> WRITTEN_ELEMENTS =
      Set.of(
          "p",
          "br",
          "hr",
          "em",
          "strong",
          "code",
          "pre",
          "blockquote",
          "a",
          "ul",
          "ol",
          "li",
          "h3",
          "h4",
          "h5",
          "h6");
  private static final Set<String> WRITTEN_ATTRIBUTES = Set.of("href", "title", "rel", "start");
  private static final Pattern ADDRESS = Pattern.compile("(?i)(https?:|mailto:).*", Pattern.DOTALL);
  private static final Pattern LINE =
      Pattern.compile("|:.*|id: \\d+-[0-9a-f]{16}|data: .*|data:", Pattern.DOTALL);
  private static final List<String> PAGES =
      List.of("/", "/c/mira", "/c/mira/%d", "/c/mira/%d/edit", "/settings");

  private final String uri = "bits:mem:hostile-" + UUID.randomUUID();
  private final Connection connection = Bits.connect(uri);
  private final Node node = Node.demo(connection);

  @AfterEach
  void close() {
    node.close();
    connection.close();
    Bits.delete(uri);
  }

  /// Says in the database who mira is and adds these posts; returns the number of the last.
  private long write(String name, String bio, String links, List<String> posts) {
    long number = Writing.nextNumber(connection.db(), "mira");
    var forms = new ArrayList<Object>();
    List<Object> mira = List.of(":creator/handle", "mira");
    forms.add(
        Map.of(
            ":db/id", mira,
            ":creator/name", name,
            ":creator/bio", bio,
            ":creator/links", links,
            ":creator/last-post", number + posts.size() - 1));
    for (String post : posts) {
      forms.add(Writing.facts(new PostRef("mira", number++), post));
    }
    connection.transact(forms);
    return number - 1;
  }

  @Test
  void pagesAndStream_of500HostileTexts_holdNothingOfThemThatLives() throws Exception {
    List<String> texts = HostileTexts.some(TEXTS, SEED);
    Person mira = new Person(node).signIn("mira");
    var guest = new Person(node);
    long plain = write("plain", "plain", "plain https://example.org", ten("plain"));
    try (Stream owners = Stream.of(mira, "/c/mira");
        Stream guests = Stream.of(guest, "/c/mira")) {
      var _ = owners.await("2 people here"); // from here on nobody comes or goes
      List<String> skeletons = skeletons(mira, plain);
      for (int i = 0; i < texts.size(); i += AT_ONCE) {
        List<String> posts = texts.subList(i, i + AT_ONCE);
        String text = posts.getFirst();
        long last = write(text, text, "x https://example.org\n" + text, posts);
        assertThat(skeletons(mira, last)).as("seed %s, from %s", SEED, i).isEqualTo(skeletons);
      }
      write("The end", "", "", List.of("The very end"));
      assertTame(owners.await("The very end"));
      assertTame(guests.await("The very end"));
    }
  }

  private static List<String> ten(String text) {
    return java.util.Collections.nCopies(AT_ONCE, text);
  }

  /// What the pages are beside what was written, after a look at what was written.
  private static List<String> skeletons(Person person, long number) {
    return PAGES.stream()
        .map(page -> Jsoup.parse(person.get(page.formatted(number)).html()))
        .map(HostileTextTest::skeleton)
        .toList();
  }

  private static String skeleton(Document document) {
    assertTame(document);
    document.select(".text > *, .links > li, .bio").remove();
    return document.getAllElements().stream()
        .map(HostileTextTest::shape)
        .collect(Collectors.joining("\n"));
  }

  /// The element and the names of its attributes; addresses of ours are told apart elsewhere.
  private static String shape(Element element) {
    var names = new TreeSet<String>();
    element.attributes().forEach(attribute -> names.add(attribute.getKey()));
    return element.tagName() + names;
  }

  private static void assertTame(Document document) {
    for (Element element : document.getAllElements()) {
      for (Attribute attribute : element.attributes()) {
        assertTame(element, attribute);
      }
      if (element.normalName().equals("script")) {
        assertThat(element.attr("src")).startsWith("/-/assets/");
        assertThat(element.data()).isEmpty();
      }
      boolean isWritten = element.closest(".text") != null && !element.hasClass("text");
      if (isWritten) {
        assertThat(element.normalName()).isIn(WRITTEN_ELEMENTS);
        assertThat(WRITTEN_ATTRIBUTES)
            .containsAll(element.attributes().asList().stream().map(Attribute::getKey).toList());
      }
    }
    assertThat(document.select(".text")).allMatch(text -> text.hasAttr("hx-ignore"));
    assertThat(document.select("style, iframe, object, embed, base, template, math")).isEmpty();
  }

  private static void assertTame(Element element, Attribute attribute) {
    String name = attribute.getKey();
    String value = attribute.getValue();
    assertThat(name).doesNotStartWith("on").isNotEqualTo("style").isNotEqualTo("srcdoc");
    boolean isText =
        name.equals("title") || (name.equals("value") && element.normalName().equals("input"));
    if (!value.contains("evil") || isText) {
      return;
    }
    assertThat(name + "=" + value).as("only an address may be theirs").startsWith("href=");
    assertThat(value).matches(ADDRESS);
  }

  /// Frames are what they should be line by line, and their HTML is as tame as that of pages.
  private static void assertTame(String stream) {
    var html = new StringBuilder();
    long partials = 0;
    for (String line : stream.split("\n", -1)) {
      assertThat(line).matches(LINE);
      if (line.startsWith("data: ")) {
        html.append(line.substring("data: ".length())).append('\n');
        partials += line.startsWith("data: <hx-partial ") ? 1 : 0;
      }
    }
    Document document = Jsoup.parseBodyFragment(html.toString());
    assertTame(document);
    assertThat(document.select("hx-partial"))
        .isEqualTo(document.select("body > hx-partial"))
        .hasSize((int) partials)
        .allMatch(partial -> partial.attr("hx-target").matches("#b-[a-z0-9-]+"));
  }

  @Test
  void form_sentBackWithoutScript_holdsWhatWasTypedAsText() {
    Person mira = new Person(node).signIn("mira");
    for (String text : HostileTexts.some(TEXTS, SEED).subList(0, 60)) {
      Person.Got got =
          mira.post(
              "/settings/profile",
              "/settings",
              "name",
              text + "x".repeat(40),
              "bio",
              text,
              "links",
              text);
      assertThat(got.status()).isEqualTo(422);
      assertTame(got.document());
    }
  }
}
