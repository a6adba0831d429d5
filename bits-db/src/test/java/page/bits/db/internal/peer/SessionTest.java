/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.db.Connection;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.db.Held;
import page.bits.db.TxReport;
import page.bits.db.TxReports;
import page.bits.db.internal.memory.MemoryStorage;
import page.bits.db.spi.BitsUri;
import page.bits.error.BitsException;

/// What is held under a session, by peers that share a storage and nothing else.
class SessionTest {
  private static final String SCHEMA =
      """
      [{:db/ident :here/page :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/ephemeral true}
       {:db/ident :here/tags :db/valueType :db.type/string :db/cardinality :db.cardinality/many
        :db/ephemeral true}
       {:db/ident :here/person :db/valueType :db.type/ref :db/cardinality :db.cardinality/one
        :db/ephemeral true}
       {:db/ident :user/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one}]\
      """;

  private final MemoryStorage storage =
      MemoryStorage.named("session " + UUID.randomUUID(), Instant::now);
  private final List<Connection> open = new ArrayList<>();
  private final Connection a = connect();
  private final Connection b = connect();

  SessionTest() {
    a.ensureSchema(SCHEMA);
    b.sync();
  }

  private Connection connect() {
    Connection connection =
        SharedPeer.connectAlone(
            BitsUri.parse("bits:mem:session?create=true"), storage, SystemWorld.INSTANCE);
    open.add(connection);
    return connection;
  }

  @AfterEach
  void close() {
    open.forEach(Connection::close);
  }

  private static Set<String> pages(Db db) {
    return Set.copyOf(db.query("[:find [?p ...] :where [_ :here/page ?p]]").column(String.class));
  }

  /// Follows b until its value is so.
  private Db await(Predicate<Db> until) {
    try (TxReports reports = b.txReports()) {
      Db db = b.db();
      while (!until.test(db)) {
        db = reports.take().dbAfter();
      }
      return db;
    }
  }

  private void awaitPages(String... pages) {
    var _ = await(db -> pages(db).equals(Set.of(pages)));
  }

  @Test
  void hold_isSeenEverywhere_andGoesWhenItIsClosed() {
    Held held = a.session().hold(Map.of(":here/page", "home", ":here/tags", Set.of("x", "y")));
    long entity = held.await();
    assertThat(held.entity()).hasValue(entity);
    assertThat(pages(a.db())).containsExactly("home");
    awaitPages("home");

    held.replace(Map.of(":here/page", "away", ":here/tags", Set.of("y", "z")));
    assertThat(held.await()).isEqualTo(entity);
    assertThat(a.db().query("[:find [?t ...] :where [_ :here/tags ?t]]").column(String.class))
        .containsExactlyInAnyOrder("y", "z");
    awaitPages("away");

    held.close();
    awaitPages();
    assertThatThrownBy(held::await)
        .isInstanceOfSatisfying(
            BitsException.class, e -> assertThat(e.is(DbError.CLOSED)).isTrue());
  }

  @Test
  void hold_manyAtOnce_areFewTransactions() {
    a.session().id();
    long position = a.status().headPosition();
    List<Held> held = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      held.add(a.session().hold(Map.of(":here/page", "p" + i)));
    }
    held.forEach(Held::await);
    assertThat(pages(a.db())).hasSize(300);
    assertThat(a.status().headPosition() - position).isLessThan(100);
  }

  @Test
  void close_ofThePeer_endsTheSessionAtOnce() {
    a.session().hold(Map.of(":here/page", "home")).await();
    awaitPages("home");
    a.close();
    assertThat(pages(b.sync())).isEmpty();
    assertThat(b.db().q("[:find ?s :where [?s :bits.session/open]]")).isEqualTo(Set.of());
  }

  @Test
  void session_endedByAnother_isReplaced_andWhatIsHeldComesAgain() {
    Held held = a.session().hold(Map.of(":here/page", "home"));
    long entity = held.await();
    UUID before = a.session().id();
    var replaced = new CompletableFuture<UUID>();
    a.session().onReplaced(replaced::complete);
    b.sync();
    Db ended = b.transact(List.of(List.of(":bits/end-session", a.session().ref()))).dbAfter();
    assertThat(pages(ended)).isEmpty();

    UUID after = replaced.join();
    assertThat(after).isNotEqualTo(before).isEqualTo(a.session().id());
    assertThat(held.await()).isEqualTo(entity);
    awaitPages("home");
    assertThat(b.db().q("[:find (count ?s) . :where [?s :bits.session/open]]")).isEqualTo(1L);
  }

  @Test
  void transact_underASessionThatWasEnded_isRefused() {
    List<Object> old = a.session().ref();
    b.sync();
    b.transact(List.of(List.of(":bits/end-session", old)));
    assertThatThrownBy(
            () -> a.transact(List.of(Map.of(":bits/session", old, ":here/page", "ghost"))))
        .isInstanceOfSatisfying(
            BitsException.class, e -> assertThat(e.is(DbError.SESSION_ENDED)).isTrue());
  }

  @Test
  void reports_haveThem_andValuesOfTheirMoments() {
    try (TxReports reports = b.txReports()) {
      Held held = a.session().hold(Map.of(":here/page", "home"));
      held.await();
      held.replace(Map.of(":here/page", "away"));
      held.await();
      held.close();
      TxReport first = reports.take();
      TxReport second = reports.take();
      TxReport third = reports.take();
      long page = b.db().entid(":here/page").orElseThrow();
      assertThat(second.txData().stream().filter(datom -> datom.a() == page).map(Datom::v))
          .containsExactlyInAnyOrder("home", "away");
      assertThat(pages(first.dbBefore())).isEmpty();
      assertThat(pages(first.dbAfter())).containsExactly("home");
      assertThat(pages(second.dbBefore())).containsExactly("home");
      assertThat(pages(second.dbAfter())).containsExactly("away");
      assertThat(pages(third.dbBefore())).containsExactly("away");
      assertThat(pages(third.dbAfter())).isEmpty();
      assertThat(List.of(first.isExact(), second.isExact(), third.isExact())).containsOnly(true);
    }
  }

  @Test
  void log_andHistory_haveNothingOfThem() {
    a.session().hold(Map.of(":here/page", "home")).await();
    long page = a.db().entid(":here/page").orElseThrow();
    a.log()
        .txRange(null, null)
        .forEach(tx -> assertThat(tx.data()).noneMatch(datom -> datom.a() == page));
    assertThat(pages(a.db().history())).isEmpty();
    assertThat(pages(a.db().asOf(a.db().basisT()))).isEmpty();
  }

  @Test
  void reports_farBehind_saySo() {
    long before = a.db().basisT();
    Held held = a.session().hold(Map.of(":here/page", "home"));
    held.await();
    for (int i = 0; i < 100; i++) {
      a.transact("[]");
    }
    try (TxReports late = connect().txReportsAfter(before)) {
      TxReport first = late.take(); // nothing ephemeral was said before it, but by it
      TxReport second = late.take();
      assertThat(List.of(first.isExact(), second.isExact())).containsOnly(false);
      assertThat(pages(first.dbAfter())).isEmpty();
      assertThat(pages(second.dbAfter())).isEmpty();
    }
  }

  @Test
  void start_readsWhatLives() {
    a.session().hold(Map.of(":here/page", "home")).await();
    a.session().hold(Map.of(":here/page", "gone")).close();
    Held last = a.session().hold(Map.of(":here/page", "last"));
    last.await();
    assertThat(pages(connect().db())).containsExactlyInAnyOrder("home", "last");
  }

  @Test
  void hold_whatIsNotEphemeral_orNotOfItsType_isRefused() {
    assertThatThrownBy(() -> a.session().hold(Map.of(":user/name", "ada")))
        .isInstanceOfSatisfying(
            BitsException.class, e -> assertThat(e.is(DbError.EPHEMERAL_ATTRIBUTE)).isTrue());
    Held good = a.session().hold(Map.of(":here/page", "good"));
    Held bad = a.session().hold(Map.of(":here/page", 7));
    assertThatThrownBy(bad::await)
        .isInstanceOfSatisfying(
            BitsException.class, e -> assertThat(e.is(DbError.WRONG_TYPE_FOR_ATTRIBUTE)).isTrue());
    good.await();
    assertThat(pages(a.db())).containsExactly("good");
  }

  @Test
  void session_ofAReader_isRefused() {
    Connection reader =
        SharedPeer.connectAlone(
            BitsUri.parse("bits:mem:session?mode=read"), storage, SystemWorld.INSTANCE);
    open.add(reader);
    assertThatThrownBy(reader::session)
        .isInstanceOfSatisfying(
            BitsException.class, e -> assertThat(e.is(DbError.READ_ONLY)).isTrue());
  }

  @Test
  void twoSessionsOfOnePerson_areTwoEntitiesAndOnePersonUntilBothEnd() {
    TxReport born = a.transact("[{:db/id \"ada\" :user/name \"Ada\"}]");
    Long ada = Objects.requireNonNull(born.tempids().get("ada"));
    b.sync();
    long here = a.session().hold(Map.of(":here/page", "home", ":here/person", ada)).await();
    Held there = b.session().hold(Map.of(":here/page", "home", ":here/person", ada));
    assertThat(there.await()).isNotEqualTo(here);
    assertThat(people(await(db -> count(db) == 2L))).containsExactly("Ada");
    a.close();
    assertThat(people(await(db -> count(db) == 1L))).containsExactly("Ada");
    there.close();
    assertThat(people(await(db -> count(db) == 0L))).isEmpty();
  }

  private static List<String> people(Db db) {
    return db.query("[:find [?n ...] :where [_ :here/person ?p] [?p :user/name ?n]]")
        .column(String.class);
  }

  private static long count(Db db) {
    return db.query("[:find [?e ...] :where [?e :here/page]]").column(Long.class).size();
  }
}
