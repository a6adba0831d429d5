/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import page.bits.db.Datom;
import page.bits.db.DbError;
import page.bits.db.internal.schema.Ids;

/// What a transaction may do to sessions and ephemeral facts.
class SessionRulesTest {
  private static final String SCHEMA =
      """
      [{:db/ident :here/page :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/ephemeral true}
       {:db/ident :here/tags :db/valueType :db.type/string :db/cardinality :db.cardinality/many
        :db/ephemeral true}
       {:db/ident :user/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}]""";

  private final TestDb db = TestDb.with(SCHEMA);

  private long open(int number) {
    Evaluated opened =
        db.transact(
            """
            [{:db/id "s" :bits.session/id #uuid "00000000-0000-0000-0000-00000000000%d"
              :bits.session/peer #uuid "10000000-0000-0000-0000-000000000000"
              :bits.session/open true}]"""
                .formatted(number));
    return TestDb.id(opened, "s");
  }

  private long here(long session) {
    return TestDb.id(
        db.transact("[{:db/id \"x\" :bits/session %d :here/page \"a\"}]".formatted(session)), "x");
  }

  private static String end(long session) {
    return "[[:bits/end-session %d]]".formatted(session);
  }

  @Test
  void assert_onEntityThatNamesAnOpenSession_isAccepted() {
    long x = here(open(1));
    Evaluated more = db.transact("[{:db/id %d :here/tags [\"t\" \"u\"]}]".formatted(x));
    assertThat(more.datoms()).hasSize(3);
  }

  @Test
  void assert_sessionOpenedByTheSameTransaction_isAccepted() {
    Evaluated both =
        db.transact(
            """
            [{:db/id "s" :bits.session/id #uuid "00000000-0000-0000-0000-000000000007"
              :bits.session/peer #uuid "10000000-0000-0000-0000-000000000000"
              :bits.session/open true}
             {:db/id "x" :bits/session "s" :here/page "a"}]""");
    assertThat(both.tempids()).containsKeys("s", "x");
  }

  @Test
  void assert_withoutSession_isRefused() {
    db.refused(DbError.NO_SESSION, "[{:here/page \"a\"}]");
    db.transact("[{:user/name \"ada\"}]");
    db.refused(DbError.NO_SESSION, "[{:user/name \"ada\" :here/page \"a\"}]");
  }

  @Test
  void assert_afterTheSessionEnded_isRefused() {
    long s = open(1);
    long x = here(s);
    db.transact(end(s));
    db.refused(DbError.SESSION_ENDED, "[{:bits/session %d :here/page \"b\"}]".formatted(s));
    db.refused(DbError.NO_SESSION, "[[:db/add %d :here/page \"b\"]]".formatted(x));
  }

  @Test
  void assert_underASessionThatTheSameTransactionEnds_isRefused() {
    long s = open(1);
    db.refused(
        DbError.SESSION_ENDED,
        "[[:bits/end-session %d] {:bits/session %d :here/page \"b\"}]".formatted(s, s));
  }

  @Test
  void assert_ofNoSession_namedAsOne_isRefused() {
    long user = TestDb.id(db.transact("[{:db/id \"u\" :user/name \"ada\"}]"), "u");
    db.refused(DbError.SESSION_ENDED, "[{:bits/session %d :here/page \"b\"}]".formatted(user));
  }

  @Test
  void end_retractsAllThatStandsOnIt_andNothingElse() {
    long s = open(1);
    long other = open(2);
    here(s);
    here(s);
    long stays = here(other);
    db.transact("[{:db/id %d :user/name \"ada\"}]".formatted(here(s)));

    Evaluated ended = db.transact(end(s));

    assertThat(ended.datoms().stream().filter(datom -> !datom.added()).map(Datom::a))
        .containsOnly(Ids.SESSION_OPEN, Ids.SESSION, db.id(":here/page"))
        .hasSize(1 + 3 + 3);
    assertThat(ended.datoms().stream().map(Datom::e)).doesNotContain(stays);
  }

  @Test
  void end_again_isRefused() {
    long s = open(1);
    db.transact(end(s));
    db.refused(DbError.SESSION_ENDED, end(s));
    db.refused(DbError.SESSION_ENDED, "[[:db/add %d :bits.session/open true]]".formatted(s));
  }

  @Test
  void session_retractedByHandWhileNamed_isRefused() {
    long s = open(1);
    long x = here(s);
    db.refused(DbError.NO_SESSION, "[[:db/retract %d :bits.session/open true]]".formatted(s));
    db.refused(DbError.NO_SESSION, "[[:db/retract %d :bits/session]]".formatted(x));
    db.refused(DbError.INVALID_TX_DATA, "[[:db/retractEntity %d]]".formatted(s));
    db.transact("[[:db/retract %d :bits/session] [:db/retract %d :here/page]]".formatted(x, x));
    db.transact("[[:db/retract %d :bits.session/open true]]".formatted(s));
  }

  @Test
  void session_openedIncompleteOrRewritten_isRefused() {
    db.refused(
        DbError.NO_SESSION, "[{:bits.session/id #uuid \"00000000-0000-0000-0000-000000000009\"}]");
    long s = open(1);
    db.refused(
        DbError.INVALID_TX_DATA,
        "[[:db/add %d :bits.session/peer #uuid \"20000000-0000-0000-0000-000000000000\"]]"
            .formatted(s));
    db.refused(DbError.INVALID_TX_DATA, "[[:db/retract %d :bits.session/id]]".formatted(s));
    db.refused(DbError.INVALID_TX_DATA, "[[:db/add %d :bits.session/open false]]".formatted(s));
  }

  @Test
  void upsert_ofADurableEntity_carriesEphemeralFactsOfOneSessionAtATime() {
    long s = open(1);
    long other = open(2);
    String here = "[{:user/name \"ada\" :bits/session %d :here/page \"%s\"}]";
    db.transact(here.formatted(s, "a"));
    Evaluated moved = db.transact(here.formatted(other, "b"));
    assertThat(moved.datoms()).hasSize(1 + 2 + 2); // the session and the page, each replaced
    assertThat(db.transact(end(s)).datoms()).hasSize(2); // nothing stood on it any more
    assertThat(db.transact(end(other)).datoms()).hasSize(2 + 2);
  }

  @Test
  void install_ephemeralThatCannotBe_isRefused() {
    String attribute =
        "{:db/ident :e/x :db/valueType :db.type/%s :db/cardinality :db.cardinality/one"
            + " :db/ephemeral true %s}";
    db.refused(
        DbError.EPHEMERAL_ATTRIBUTE,
        "[" + attribute.formatted("string", ":db/unique :db.unique/identity") + "]");
    db.refused(
        DbError.EPHEMERAL_ATTRIBUTE,
        "[" + attribute.formatted("ref", ":db/isComponent true") + "]");
    db.refused(
        DbError.EPHEMERAL_ATTRIBUTE,
        """
        [{:db/ident :e/t :db/valueType :db.type/tuple :db/cardinality :db.cardinality/one
          :db/tupleAttrs [:here/page :user/name]}]""");
    db.refused(
        DbError.EPHEMERAL_ATTRIBUTE,
        "[" + attribute.formatted("tuple", ":db/tupleAttrs [:user/name :db/doc]") + "]");
  }

  @Test
  void retractEntity_withEphemeralFacts_takesThemAndItsSessionAway() {
    long s = open(1);
    long x = here(s);
    Evaluated gone = db.transact("[[:db/retractEntity %d]]".formatted(x));
    assertThat(gone.datoms().stream().filter(datom -> !datom.added()))
        .allMatch(datom -> datom.e() == x)
        .extracting(Datom::a)
        .containsExactlyInAnyOrder(Ids.SESSION, db.id(":here/page"));
    Evaluated ended = db.transact(end(s));
    assertThat(ended.datoms().stream().filter(datom -> !datom.added()))
        .extracting(Datom::a)
        .containsExactly(Ids.SESSION_OPEN);
  }

  @Test
  void cas_ofAnEphemeralFact_comparesAsWithAllFacts() {
    long x = here(open(1));
    db.transact("[[:db/cas %d :here/page \"a\" \"b\"]]".formatted(x));
    db.refused(DbError.CAS_FAILED, "[[:db/cas %d :here/page \"a\" \"c\"]]".formatted(x));
    long user = TestDb.id(db.transact("[{:db/id \"u\" :user/name \"ada\"}]"), "u");
    db.refused(DbError.NO_SESSION, "[[:db/cas %d :here/page nil \"a\"]]".formatted(user));
  }

  @Test
  void ensure_ofEphemeralAttributes_looksForThemOnTheValueAfter() {
    db.transact("[{:db/ident :spec/here :db.entity/attrs [:here/page :here/tags]}]");
    long x = here(open(1));
    db.refused(DbError.ENTITY_ATTR, "[{:db/id %d :db/ensure :spec/here}]".formatted(x));
    db.transact("[{:db/id %d :here/tags [\"t\"] :db/ensure :spec/here}]".formatted(x));
  }

  @Test
  void alter_whetherEphemeral_isRefused() {
    db.refused(DbError.EPHEMERAL_ATTRIBUTE, "[[:db/add :user/name :db/ephemeral true]]");
    db.refused(DbError.EPHEMERAL_ATTRIBUTE, "[[:db/retract :here/page :db/ephemeral true]]");
    db.refused(DbError.EPHEMERAL_ATTRIBUTE, "[[:db/add :here/page :db/unique :db.unique/value]]");
    db.transact("[[:db/add :here/page :db/index true]]");
  }

  @Test
  void formatLevel_lowered_orBeyondThisBuild_isRefused() {
    db.refused(DbError.FORMAT_LEVEL, "[[:db/add :bits/database :bits/format 1]]");
    db.refused(DbError.FORMAT_LEVEL, "[[:db/add :bits/database :bits/format 99]]");
    db.refused(DbError.INVALID_TX_DATA, "[[:db/retract :bits/database :bits/format 2]]");
    assertThat(db.transact("[[:db/add :bits/database :bits/format 2]]").datoms()).hasSize(1);
  }
}
