/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;

/// The samples of [Tx], [Functions] and `docs/reference/transactions.md`, compiled and run.
final class TxExamplesTest {
  private static final String SCHEMA =
      """
      [{:db/ident :user/email :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :user/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
       {:db/ident :user/friend :db/valueType :db.type/ref :db/cardinality :db.cardinality/many}
       {:db/ident :user/status :db/valueType :db.type/ref :db/cardinality :db.cardinality/one}
       {:db/ident :user/points :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
       {:db/ident :user/address :db/valueType :db.type/ref :db/cardinality :db.cardinality/one
        :db/isComponent true}
       {:db/ident :address/city :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
       {:db/ident :status/active} {:db/ident :status/on-leave}
       {:db/ident :spec/user :db.entity/attrs [:user/email :user/name]}]
      """;

  enum Status {
    ACTIVE,
    ON_LEAVE
  }

  record User(
      @Attr(":user/email") String email,
      @Attr(":user/name") Optional<String> name,
      @Attr(value = ":user/status", idents = "status") Status status,
      @Attr(":user/friend") List<?> friends) {}

  record Address(@Attr(":address/city") @Nullable String city) {}

  record Person(
      @Attr(":db/id") long id,
      @Attr(":user/name") @Nullable String name,
      @Attr(":user/address") @Nullable Address address,
      @Attr(":user/friend") Set<Friend> friends) {}

  record Friend(@Attr(":db/id") long id) {}

  record Unnamed(String email) {}

  record Plain(@Attr(":user/status") Status status) {}

  record Twice(@Attr(":user/name") String one, @Attr(":user/name") String two) {}

  private Connection conn = Bits.connect("bits:mem:tx-examples-" + UUID.randomUUID());

  @BeforeAll
  static void register() {
    Functions.registerTx(
        "app.points/transfer",
        (before, arguments) -> {
          Object from = arguments.get(0);
          Object to = arguments.get(1);
          long points = (Long) arguments.get(2);
          long left = (Long) before.entity(from).get(":user/points").orElse(0L) - points;
          long more = (Long) before.entity(to).get(":user/points").orElse(0L) + points;
          return Tx.builder()
              .put(from, ":user/points", left)
              .put(to, ":user/points", more)
              .build()
              .forms();
        });
  }

  @BeforeEach
  void start() {
    conn.transact(SCHEMA);
    conn.transact("[{:user/email \"bob@example.org\" :user/name \"Bob\" :user/points 10}]");
  }

  @AfterEach
  void close() {
    conn.close();
  }

  private @Nullable Object value(String email, String attribute) {
    return conn.db().entity(Tx.lookup(":user/email", email)).get(attribute).orElse(null);
  }

  @Test
  void builder_namesEntitiesInEveryWay() {
    Tx tx =
        Tx.builder()
            .put("ann", ":user/name", "Ann", ":user/email", "ann@example.org")
            .add(Tx.lookup(":user/email", "bob@example.org"), ":user/friend", "ann")
            .add(Tx.CURRENT, ":db/doc", "Ann came in")
            .build();

    TxReport report = conn.transact(tx);

    assertThat(report.tempids()).containsKey("ann");
    assertThat(value("ann@example.org", ":user/name")).isEqualTo("Ann");
    assertThat(conn.db().entity(report.tx()).get(":db/doc")).contains("Ann came in");
  }

  @Test
  void builder_recordsAreMaps() {
    Tx tx =
        Tx.builder()
            .put(new User("eve@example.org", Optional.of("Eve"), Status.ON_LEAVE, List.of("ann")))
            .put("ann", ":user/email", "ann@example.org")
            .build();

    conn.transact(tx);
    conn.transact(List.of(new User("eve@example.org", Optional.empty(), Status.ACTIVE, List.of())));

    Optional<User> eve = conn.db().pull(User.class, Tx.lookup(":user/email", "eve@example.org"));
    assertThat(eve).map(User::name).contains(Optional.of("Eve")); // empty retracts nothing
    assertThat(eve).map(User::status).contains(Status.ACTIVE);
    assertThat(eve.orElseThrow().friends()).hasSize(1);
  }

  @Test
  void records_nestAndComeBack() {
    long bob = conn.db().entid(Tx.lookup(":user/email", "bob@example.org")).orElseThrow();
    TxReport report = conn.transact("[{:db/id \"a\" :user/email \"a\"}]");
    long ann = Objects.requireNonNull(report.tempids().get("a"));
    var changed = new Person(bob, "Robert", new Address("Oslo"), Set.of(new Friend(ann)));

    conn.transact(Tx.builder().put(changed).build());

    assertThat(conn.db().pull(Person.class, bob)).contains(changed);
    assertThat(conn.db().with(List.of(new Person(bob, null, null, Set.of()))).txData()).hasSize(1);
  }

  @Test
  void records_thatSayNoForm_areRefused() {
    for (Record record : List.of(new Unnamed("x"), new Plain(Status.ACTIVE), new Twice("a", "b"))) {
      BitsException error =
          catchThrowableOfType(BitsException.class, () -> Tx.builder().put(record));
      assertThat(error.is(DbError.RESULT_SHAPE)).isTrue();
      assertThat((String) error.data().get("component"))
          .startsWith(record.getClass().getSimpleName() + ".");
    }
    for (Runnable mistake :
        List.<Runnable>of(
            () -> Tx.builder().put("e", ":user/name"),
            () -> Tx.builder().put("e", ":user/name", "a", ":user/name", "b"),
            () -> conn.transact(List.of(new Unnamed("x"))))) {
      assertThat(
              catchThrowableOfType(BitsException.class, mistake::run).is(DbError.INVALID_TX_DATA))
          .isTrue();
    }
  }

  @Test
  @Row({"T-06", "T-46"})
  void functions_areCalledByName() {
    conn.transact("[{:user/email \"ann@example.org\"}]");

    conn.transact(
        Tx.builder()
            .call(
                "app.points/transfer",
                Tx.lookup(":user/email", "bob@example.org"),
                Tx.lookup(":user/email", "ann@example.org"),
                3)
            .build());

    assertThat(value("bob@example.org", ":user/points")).isEqualTo(7L);
    assertThat(value("ann@example.org", ":user/points")).isEqualTo(3L);
  }

  @Test
  void builder_everyVerb_isAForm() {
    List<Object> bob = Tx.lookup(":user/email", "bob@example.org");
    conn.transact(
        Tx.builder()
            .cas(bob, ":user/points", 10, 11)
            .retract(bob, ":user/name", "Bob")
            .ensure(bob, ":status/active")
            .form(List.of(":db/retract", bob, ":db/ensure"))
            .build()
            .forms()
            .subList(0, 2));
    assertThat(value("bob@example.org", ":user/points")).isEqualTo(11L);
    assertThat(value("bob@example.org", ":user/name")).isNull();
    assertThat(
            catchThrowableOfType(
                    BitsException.class,
                    () -> conn.transact(Tx.builder().ensure(bob, ":spec/user").build()))
                .data())
        .containsEntry("missing", List.of(Keyword.of(":user/name")));
    conn.transact(Tx.builder().retract(bob, ":user/points").build());
    assertThat(value("bob@example.org", ":user/points")).isNull();
    conn.transact(Tx.builder().retractEntity(bob).build());
    assertThat(conn.db().entid(bob)).isEmpty();
  }

  /// Every sample stands in this class as it stands in the text.
  @Test
  void samples_areThoseOfThisClass() throws IOException {
    String tests =
        squeezed(Files.readString(Path.of("src/test/java/page/bits/db/TxExamplesTest.java")));
    int found = 0;
    for (String page :
        List.of("src/main/java/page/bits/db/Tx.java", "../docs/reference/transactions.md")) {
      String text = Files.readString(Path.of(page)).replaceAll("(?m)^ *///", "");
      var sample = Pattern.compile("(?s)```java\\n(.*?)```").matcher(text);
      while (sample.find()) {
        for (String part : sample.group(1).strip().split("\\n *\\n", -1)) {
          assertThat(tests).contains(squeezed(part));
          found++;
        }
      }
    }
    assertThat(found).isGreaterThanOrEqualTo(5);
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", " ");
  }
}
