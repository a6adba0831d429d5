/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;

/// The examples in the Javadoc of what reads, as they stand there. A test of the whole tree holds
/// that every example is in some test.
final class DbExamplesTest {
  private static final String URI = "bits:mem:" + DbExamplesTest.class.getName();
  private static final Connection connection = Bits.connect(URI);
  private static final Db db = prepared();

  private static Db prepared() {
    connection.ensureSchema(
        """
        [{:db/ident :user/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one
          :db/unique :db.unique/identity}
         {:db/ident :user/age :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
         {:db/ident :user/friends :db/valueType :db.type/ref :db/cardinality :db.cardinality/many}
         {:db/ident :post/title :db/valueType :db.type/string :db/cardinality :db.cardinality/one
          :db/unique :db.unique/identity}
         {:db/ident :post/slug :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
         {:db/ident :post/tags :db/valueType :db.type/string :db/cardinality :db.cardinality/many}
         {:db/ident :post/author :db/valueType :db.type/ref :db/cardinality :db.cardinality/one}
         {:db/ident :post/published-at :db/valueType :db.type/instant
          :db/cardinality :db.cardinality/one :db/index true}]""");
    connection.transact(
        """
        [{:db/id "ann" :user/name "Ann" :user/age 30 :user/friends ["bob"]}
         {:db/id "bob" :user/name "Bob" :user/age 40}
         {:post/title "First" :post/author "ann" :post/tags ["a" "b"]
          :post/published-at #inst "2026-01-01"}
         {:post/title "Second" :post/author "bob" :post/published-at #inst "2026-02-01"}]""");
    return connection.db();
  }

  @AfterAll
  static void close() {
    connection.close();
    Bits.delete(URI);
  }

  @Test
  void queries_intoJava() {
    record Person(String name, long age) {}
    List<Person> people =
        db.query(
                "[:find ?name ?age :keys name age :where [?e :user/name ?name] [?e :user/age ?age]]")
            .list(Person.class);
    assertThat(people).containsExactlyInAnyOrder(new Person("Ann", 30), new Person("Bob", 40));
    List<String> names =
        db.query("[:find [?name ...] :where [_ :user/name ?name]]").column(String.class);
    assertThat(names).containsExactlyInAnyOrder("Ann", "Bob");
    assertThat(
            db.query("[:find ?n ?a :where [?e :user/name ?n] [?e :user/age ?a]]").stream(
                    Person.class)
                .mapToLong(Person::age)
                .sum())
        .isEqualTo(70);
  }

  @Row("J-03")
  @Test
  void values_atAGlance() {
    Object oldest = db.q("[:find (max ?age) . :where [_ :user/age ?age]]");
    Pulled ann = db.pull("[:user/name {:user/friends [:user/name]}]", List.of(":user/name", "Ann"));
    Db yesterday = db.asOf(Instant.now().minus(Duration.ofDays(1)));
    assertThat(oldest).isEqualTo(40L);
    assertThat(ann.entities(":user/friends")).hasSize(1);
    assertThat(yesterday.entid(List.of(":user/name", "Ann"))).isEmpty();
  }

  record Author(@Attr(":user/name") String name) {}

  record Post(
      @Attr(":db/id") long id,
      @Attr(":post/title") String title,
      @Attr(":post/author") Author author,
      @Attr(":post/slug") Optional<String> slug,
      @Attr(":post/tags") Set<String> tags) {}

  @Test
  void pull_intoRecords() {
    Optional<Post> post = db.pull(Post.class, List.of(":post/title", "First"));
    assertThat(post.orElseThrow().author()).isEqualTo(new Author("Ann"));
    assertThat(post.orElseThrow().tags()).containsExactlyInAnyOrder("a", "b");
    assertThat(post.orElseThrow().slug()).isEmpty();
  }

  @Test
  void indexes_newestFirst() {
    Iterable<Pulled> newest =
        db.indexPull(
            IndexPull.of(Index.AVET, "[:post/title]", ":post/published-at").reverse().limit(10));
    assertThat(newest)
        .extracting(post -> post.string(":post/title").orElseThrow())
        .containsExactly("Second", "First");
  }

  @Test
  void log_sinceAnInstant() {
    long count = 0;
    for (Log.LoggedTx tx : connection.log().txRange(Instant.parse("2026-01-01T00:00:00Z"), null)) {
      count += tx.data().size();
    }
    assertThat(count).isGreaterThan(20);
  }

  @Test
  void entities_stepByStep() {
    Entity post = db.entity(List.of(":post/title", "First"));
    Entity author = (Entity) post.get(":post/author").orElseThrow();
    Object name = author.get(":user/name").orElse("nobody");
    assertThat(name).isEqualTo("Ann");
  }

  @Row({"J-01", "J-02", "J-12"})
  @Test
  void doors_createListDelete() {
    String uri = "bits:mem:" + UUID.randomUUID();
    assertThat(Bits.create(uri)).isTrue();
    assertThat(Bits.create(uri)).isFalse();
    try (Connection own = Bits.connect(uri)) {
      TxReport report = own.transact("[{:db/id \"x\" :db/doc \"it\"}]");
      assertThat(report.tempids()).containsOnlyKeys("x");
      assertThat(Partition.counter(report.tx())).isEqualTo(report.t());
      assertThat(Partition.tx(report.t())).isEqualTo(report.tx());
      assertThat(own.sync().basisT()).isEqualTo(report.t());
      assertThat(own.db().asOf(report.t()).asOfT()).hasValue(report.t());
      assertThat(own.db().entity(report.tx()).db().basisT()).isEqualTo(report.t());
      assertThat(
              Bits.q(
                  "[:find ?d . :in $ :where [_ :db/doc ?d ?tx] [?tx :db/txInstant ?at] [(> ?at #inst \"2020\")]]",
                  own.db()))
          .isEqualTo("it");
    }
    assertThat(Bits.list(uri)).containsExactly("main");
    assertThat(Bits.delete(uri)).isTrue();
    assertThat(Bits.delete(uri)).isFalse();
  }
}
