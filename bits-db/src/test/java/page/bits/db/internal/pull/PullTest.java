/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import page.bits.conformance.Row;
import page.bits.db.Attr;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.db.Entity;
import page.bits.db.Functions;
import page.bits.db.Pulled;
import page.bits.db.internal.Blog;
import page.bits.db.internal.EdnCases;
import page.bits.db.internal.TestDb;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;

final class PullTest {
  private static final Db DB = Blog.db();
  private static final String POST =
      "[:find ?e . :in $ ?t :where (not [?e :user/age]) [?e :post/title ?t]]";

  @Row({
    "P-01", "P-02", "P-03", "P-04", "P-05", "P-06", "P-07", "P-08", "P-09", "P-10", "P-11", "P-12",
    "P-14", "RF-13", "RA-28"
  })
  @TestFactory
  Stream<DynamicTest> pull_ofTheList_givesAsWritten() {
    return EdnCases.of(PullTest.class, "pulls.edn", PullTest::check);
  }

  private static void check(Map<?, ?> testCase) {
    Object pattern = Objects.requireNonNull(EdnCases.get(testCase, "pattern"));
    Object of = Objects.requireNonNull(EdnCases.get(testCase, "of"));
    Object entity = of instanceof String title ? post(title) : of;
    String error = (String) EdnCases.get(testCase, "error");
    if (error == null) {
      assertThat(named(DB.pull(pattern, entity))).isEqualTo(EdnCases.get(testCase, "result"));
      return;
    }
    BitsException thrown =
        catchThrowableOfType(BitsException.class, () -> DB.pull(pattern, entity));
    assertThat(thrown).isNotNull();
    assertThat(thrown.code()).isEqualTo(error);
    if (EdnCases.get(testCase, "near") instanceof List<?> near) {
      assertThat(((List<?>) Objects.requireNonNull(thrown.data().get("near"))).getFirst())
          .isEqualTo(near.getFirst());
    }
  }

  private static Object post(String title) {
    return Objects.requireNonNull(DB.q(POST, title));
  }

  /// The result with names for entity ids.
  private static @Nullable Object named(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var named = new LinkedHashMap<@Nullable Object, @Nullable Object>();
        map.forEach(
            (key, v) -> named.put(key, v instanceof Long id && id > 1000 ? name(id) : named(v)));
        yield named;
      }
      case List<?> list -> list.stream().map(PullTest::named).collect(Collectors.toList());
      case null, default -> value;
    };
  }

  private static Object name(long id) {
    return Stream.of(":user/name", ":post/title", ":comment/text")
        .flatMap(a -> DB.entity(id).get(a).stream())
        .findFirst()
        .orElse(Keyword.of("id"));
  }

  @Row("P-08")
  @Test
  void pull_moreThanThousandValues_givesThousandUnlessSaid() {
    Db db =
        TestDb.of(
            "[" + TestDb.attribute(":n/value", "long", "many", "") + " {:db/ident :n/holder}]",
            "[{:db/id :n/holder :n/value ["
                + IntStream.range(0, 1200)
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(" "))
                + "]}]");
    Keyword key = Keyword.of("n", "value");
    assertThat((List<?>) db.pull("[:n/value]", ":n/holder").get(key)).hasSize(1000);
    assertThat((List<?>) db.pull("[[:n/value :limit nil]]", ":n/holder").get(key)).hasSize(1200);
    assertThat((List<?>) db.pull("[*]", ":n/holder").get(key)).hasSize(1000);
  }

  @Row({"P-05", "P-06", "P-10"})
  @Test
  void pull_componentsInACycle_endAtTheId() {
    Db db =
        TestDb.of(
            "[" + TestDb.attribute(":n/part", "ref", "one", ":db/isComponent true") + "]",
            "[{:db/id \"m\" :db/ident :n/m :n/part \"n\"} {:db/id \"n\" :db/ident :n/n :n/part \"m\"}]");
    Keyword part = Keyword.of(":n/part");
    long m = db.entid(":n/m").orElseThrow();
    Pulled all = db.pull("[*]", m);
    assertThat(all.entity(":n/part").orElseThrow().entity(":n/part").orElseThrow())
        .containsExactly(Map.entry(Keyword.of(":db/id"), m));
    assertThat(db.pull("[{:n/part [:db/ident]}]", m))
        .containsExactly(Map.entry(part, Map.of(Keyword.of(":db/ident"), Keyword.of(":n/n"))));
    assertThat(db.entity(m).touch().toString()).contains(":n/m", ":n/n");
  }

  @Row("P-11")
  @Test
  void pull_xformOfTheProgram_isCalled() {
    Functions.registerQuery("pull-test/shout", values -> values.getFirst() + "!");
    Functions.registerQuery(
        "pull-test/refuse",
        _ -> {
          throw new BitsException(DbError.BUSY, "not now", page.bits.error.ErrorData.none());
        });
    List<String> ann = List.of(":user/name", "Ann");
    assertThat(DB.pull("[[:user/name :xform pull-test/shout]]", ann).string(":user/name"))
        .contains("Ann!");
    assertThatThrownBy(() -> DB.pull("[[:user/name :xform pull-test/refuse]]", ann))
        .satisfies(e -> assertThat(((BitsException) e).is(DbError.BUSY)).isTrue());
  }

  @Row({"P-15", "RB-06"})
  @Test
  void pull_enumeration_showsTheIdOnly() {
    Pulled first = DB.pull("[:post/status]", post("First"));
    assertThat(first.entity(":post/status").orElseThrow()).containsOnlyKeys(Keyword.of(":db/id"));
    assertThat(
            DB.pull("[{:post/status [:db/ident]}]", post("First"))
                .entity(":post/status")
                .orElseThrow()
                .keyword(":db/ident"))
        .contains(Keyword.of(":status/public"));
  }

  @Test
  void pull_tooDeep_isRefused() {
    String links =
        IntStream.range(0, 1100)
            .mapToObj(i -> "{:db/id \"%d\" :n/next \"%d\"}".formatted(i, i + 1))
            .collect(Collectors.joining("\n"));
    Db db =
        TestDb.of(
            "[" + TestDb.attribute(":n/next", "ref", "one", "") + "]",
            "[" + links + "{:db/id \"1100\" :db/doc \"end\"}]");
    Object last =
        Objects.requireNonNull(db.q("[:find ?e . :where [?e :db/doc \"end\"] (not [?e :n/next])]"));
    Object first =
        Objects.requireNonNull(
            db.q("[:find ?e . :where [?e :n/next] (not-join [?e] [_ :n/next ?e])]"));
    assertThatThrownBy(() -> db.pull("[{:n/next ...}]", first)).hasMessageContaining("too-large");
    assertThat(db.pull("[:db/id {:n/_next 3}]", last).toString().split("_next", -1)).hasSize(5);
  }

  @Row("P-04")
  @Test
  void pull_reverseComponent_givesOneMap() {
    Object comment = Objects.requireNonNull(DB.q("[:find ?c . :where [?c :comment/text \"ok\"]]"));
    assertThat(named(DB.pull("[:post/_comments]", comment)))
        .isEqualTo(
            Map.of(Keyword.of("post", "_comments"), Map.of(Keyword.of("db", "id"), "Third")));
  }

  @Row("P-13")
  @Test
  void pullMany_severalEntities_keepsTheirOrder() {
    List<Pulled> pulled =
        DB.pullMany(
            "[:user/age]", List.of(List.of(":user/name", "Cid"), List.of(":user/name", "Ann")));
    assertThat(pulled)
        .extracting(p -> p.integer(":user/age").orElseThrow())
        .containsExactly(20L, 30L);
  }

  record Author(@Attr(":user/name") String name, @Attr(":user/age") int age) {}

  record Comment(@Attr(":comment/text") String text) {}

  record Post(
      @Attr(":db/id") long id,
      @Attr(":post/title") String title,
      @Attr(":post/author") Author author,
      @Attr(":post/comments") List<Comment> comments) {}

  record Member(
      @Attr(":user/name") String name,
      @Attr(":user/email") Optional<String> email,
      @Attr(":user/tags") Set<String> tags) {}

  record Strict(@Attr(":user/name") String name, @Attr(":user/email") String email) {}

  record Plain(String name) {}

  record Friend(
      @Attr(":db/id") long id,
      @Attr(":user/name") String name,
      @Attr(":user/friends") List<Friend> friends) {}

  enum State {
    DRAFT,
    PUBLIC
  }

  record Brief(
      @Attr(":post/status") State state,
      @Attr(":post/status") Keyword status,
      @Attr(":post/status") long statusId,
      @Attr(":post/author") Optional<Long> author,
      @Attr(":post/_author") List<Long> none) {}

  record Owner(@Attr(":post/_author") List<Owned> posts) {}

  record Owned(@Attr(":post/title") String title, @Attr(":post/author") Owner owner) {}

  @Test
  void pullRecord_ofItself_goesAsDeepAsTheData() {
    Friend bob = DB.pull(Friend.class, List.of(":user/name", "Bob")).orElseThrow();
    Friend ann = bob.friends().getFirst();
    assertThat(ann.friends()).extracting(Friend::name).containsExactly("Bob", "Cid");
    assertThat(ann.friends().getFirst().friends()).isEmpty(); // met before
    assertThat(ann.friends().getLast().friends())
        .extracting(Friend::name)
        .containsExactly("Ann", "Dee");
    assertThatThrownBy(() -> DB.pull(Owner.class, List.of(":user/name", "Ann")))
        .hasMessageContaining("Owned.owner");
  }

  @Test
  void pullRecord_referencesAsValues_areIdentsAndIds() {
    Brief brief = DB.pull(Brief.class, post("First")).orElseThrow();
    assertThat(brief.state()).isEqualTo(State.PUBLIC);
    assertThat(brief.status()).isEqualTo(Keyword.of(":status/public"));
    assertThat(DB.entid(":status/public")).hasValue(brief.statusId());
    assertThat(DB.entid(List.of(":user/name", "Ann"))).hasValue(brief.author().orElseThrow());
    assertThat(brief.none()).isEmpty();
  }

  @Test
  void pullRecord_nested_fillsEveryComponent() {
    Post post = DB.pull(Post.class, post("First")).orElseThrow();
    assertThat(post.title()).isEqualTo("First");
    assertThat(post.author()).isEqualTo(new Author("Ann", 30));
    assertThat(post.comments()).containsExactly(new Comment("nice"), new Comment("hm"));
    assertThat(DB.pull(Post.class, post("Second")).orElseThrow().comments()).isEmpty();
  }

  @Test
  void pullRecord_missingValues_areEmptyOrRefused() {
    assertThat(DB.pull(Member.class, List.of(":user/name", "Dee")))
        .contains(new Member("Dee", Optional.empty(), Set.of()));
    assertThat(DB.pull(Member.class, post("First"))).isEmpty();
    assertThat(DB.pull(Member.class, List.of(":user/name", "Zed"))).isEmpty();
    assertThatThrownBy(() -> DB.pull(Strict.class, List.of(":user/name", "Dee")))
        .satisfies(e -> assertThat(((BitsException) e).is(DbError.RESULT_SHAPE)).isTrue())
        .hasMessageContaining("Strict.email");
    assertThatThrownBy(() -> DB.pull(Plain.class, List.of(":user/name", "Dee")))
        .hasMessageContaining("Plain.name");
  }

  record Named(String name, long age) {}

  @Test
  void pulled_asRecord_matchesNamesWithoutNamespace() {
    Pulled ann = DB.pull("[:user/name :user/age]", List.of(":user/name", "Ann"));
    assertThat(ann.as(Named.class)).isEqualTo(new Named("Ann", 30));
    assertThat(ann.string(":user/name")).contains("Ann");
    assertThat(ann.string(":user/email")).isEmpty();
    assertThatThrownBy(() -> ann.string(":user/age")).hasMessageContaining("result-shape");
    assertThatThrownBy(ann::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Row({"A-13", "J-05"})
  @Test
  void entity_touched_showsItselfAndItsComponents() {
    Entity third = DB.entity(post("Third"));
    assertThat(third).hasToString("{:db/id " + third.entityId() + "}");
    assertThat(third.touch()).isSameAs(third);
    assertThat(third.toString())
        .contains(":post/title \"Third\"", ":comment/text \"ok\"")
        .doesNotContain(":user/name");
    Entity comment =
        (Entity) ((Set<?>) third.get(":post/comments").orElseThrow()).iterator().next();
    assertThat(comment.get(":post/_comments")).contains(third);
    assertThat(((Entity) comment.get(":comment/author").orElseThrow()).get(":user/name"))
        .contains("Ann");
    assertThat(third.get(":post/comments")).isEqualTo(third.get(Keyword.of(":post/comments")));
  }

  @Row("A-13")
  @Test
  void entity_ofNoAttributes_isEmpty() {
    Entity nothing = DB.entity(999_999_999L);
    assertThat(nothing.keySet()).isEmpty();
    assertThat(nothing.get(":user/name")).isEmpty();
    assertThat(nothing.get(":post/_author")).isEmpty();
    assertThat(nothing.get(":db/id")).contains(999_999_999L);
    assertThat(nothing.touch().keySet()).isEmpty();
    assertThatThrownBy(() -> DB.entity(List.of(":user/name", "Zed")))
        .hasMessageContaining("not-an-entity");
    assertThatThrownBy(() -> nothing.get(":user/nmae")).hasMessageContaining("not-an-attribute");
    assertThatThrownBy(() -> nothing.get(":user/_name")).hasMessageContaining("invalid-pull");
    assertThat(DB.entity(DB.entid(List.of(":user/name", "Bob")).orElseThrow()).get(":user/active"))
        .contains(false);
  }

  @Row("A-13")
  @Test
  void entity_navigated_readsReferencesBothWays() {
    Entity ann = DB.entity(List.of(":user/name", "Ann"));
    assertThat(ann.get(":user/age")).contains(30L);
    assertThat(ann.get(":user/email")).contains("ann@x");
    assertThat(ann.get(":post/title")).isEmpty();
    assertThat((Set<?>) ann.get(":post/_author").orElseThrow()).hasSize(2);
    Entity first = DB.entity(post("First"));
    assertThat(first.get(":post/author")).contains(ann);
    assertThat(first.get(":post/status")).contains(Keyword.of("status", "public"));
    assertThat(first.keySet())
        .containsExactlyInAnyOrder(":post/title", ":post/author", ":post/status", ":post/comments");
  }

  @Row("A-12")
  @Test
  void entity_ofAnyValueOfOneDatabase_isEqual() {
    List<String> ann = List.of(":user/name", "Ann");
    Entity now = DB.entity(ann);
    Db later = DB.with(List.of(Map.of(":user/name", "Ann", ":user/age", 31))).dbAfter();

    assertThat(later.entity(ann)).isEqualTo(now).hasSameHashCodeAs(now);
    assertThat(later.asOf(DB.basisT()).entity(ann)).isEqualTo(now);
    assertThat(DB.recorded(db -> db.entity(ann)).result()).isEqualTo(now);
    assertThat(DB.entity(List.of(":user/name", "Bob"))).isNotEqualTo(now);
    assertThat(Blog.db().entity(now.entityId())).isNotEqualTo(now);
  }
}
