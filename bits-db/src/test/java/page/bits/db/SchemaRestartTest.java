/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.edn.Keyword;

/// Databases that are read again from their log, as a peer does that starts.
final class SchemaRestartTest {
  private final String uri = "bits:mem:restart-" + UUID.randomUUID();
  private Connection conn = Bits.connect(uri);

  private Db restarted() {
    conn.close();
    conn = Bits.connect(uri);
    return conn.db();
  }

  @AfterEach
  void close() {
    conn.close();
  }

  @Test
  @Row({"RA-12", "S-51"})
  void manyToOne_thenARestart_isOneWithTheValueThatWasLeft() {
    conn.transact(
        "[{:db/ident :x/n :db/valueType :db.type/long :db/cardinality :db.cardinality/many}"
            + " {:db/ident :e/one}]");
    long both = conn.transact("[{:db/id :e/one :x/n [1 2]}]").t();
    conn.transact("[[:db/retract :e/one :x/n 2]]");
    conn.transact("[{:db/id :x/n :db/cardinality :db.cardinality/one}]");
    conn.transact("[{:db/id :e/one :x/n 3}]");

    Db db = restarted();

    assertThat(db.entity(":e/one").get(":x/n")).contains(3L);
    assertThat(db.asOf(both).datoms(Index.EAVT, ":e/one", ":x/n"))
        .extracting(Datom::v)
        .containsExactly(1L, 2L);
    conn.transact("[{:db/id :e/one :x/n 4}]");
    assertThat(conn.db().entity(":e/one").get(":x/n")).contains(4L);
  }

  @Test
  @Row({"RA-13", "S-50"})
  void renamedAndReusedIdents_thenARestart_meanWhatTheyMeantBefore() {
    String attribute =
        "{:db/ident %s :db/valueType :db.type/%s :db/cardinality :db.cardinality/one}";
    conn.transact("[" + attribute.formatted(":x/old", "long") + "]");
    conn.transact("[{:db/id :x/old :db/ident :x/new}]");
    conn.transact("[{:db/id \"e\" :x/old 1}]");
    conn.transact("[" + attribute.formatted(":x/reused", "long") + "]");
    conn.transact("[{:db/id :x/reused :db/ident :x/first}]");
    conn.transact("[" + attribute.formatted(":x/reused", "string") + "]");
    List<?> before = names(conn.db());

    Db db = restarted();

    assertThat(names(db)).isEqualTo(before);
    assertThat(db.ident(":x/old")).contains(Keyword.of(":x/new"));
    assertThat(db.entid(":x/reused")).isNotEqualTo(db.entid(":x/first"));
    conn.transact("[{:db/id \"e\" :x/old 1 :x/reused \"text\" :x/first 2}]");
  }

  private static List<?> names(Db db) {
    var names = new ArrayList<Object>();
    for (String ident : List.of(":x/old", ":x/new", ":x/reused", ":x/first")) {
      names.add(db.entid(ident));
      names.add(db.ident(ident));
    }
    return names;
  }

  @Test
  @Row({"S-41", "S-15", "S-10", "S-71"})
  void tuplesPredicatesAndPartitions_thenARestart_areStillThere() {
    Functions.registerAttributePredicate("test.restart/even?", n -> (Long) n % 2 == 0);
    conn.transact(
        "[{:db/ident :x/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one"
            + " :db.attr/preds test.restart/even?}"
            + " {:db/ident :x/s :db/valueType :db.type/string :db/cardinality :db.cardinality/one}"
            + " {:db/ident :x/ns :db/valueType :db.type/tuple :db/tupleAttrs [:x/n :x/s]"
            + " :db/cardinality :db.cardinality/one :db/unique :db.unique/identity}"
            + " {:db/ident :part/a :db.install/_partition :db.part/db}]");
    conn.transact("[{:x/n 2 :x/s \"two\"}]");
    conn.transact("[{:db/id :x/s :db/ident :x/text}]");

    Db db = restarted();

    List<?> two = List.of(":x/ns", List.of(2, "two"));
    assertThat(db.entity(two).get(":x/text")).contains("two");
    long e =
        conn.transact(
                "[{:db/id \"e\" :x/n 4 :x/text \"four\"} {:db/force-partition {\"e\" :part/a}}]")
            .txData()
            .getLast()
            .e();
    assertThat(Partition.of(e)).isEqualTo(db.entid(":part/a").orElseThrow());
    assertThat(conn.db().entity(e).get(":x/ns")).contains(List.of(4L, "four"));
    assertThat(refusal("[{:x/n 3}]")).isEqualTo(DbError.ATTR_PRED.code());
  }

  private @Nullable String refusal(String forms) {
    try {
      conn.transact(forms);
      return null;
    } catch (page.bits.error.BitsException e) {
      return e.code();
    }
  }

  @Test
  @Row("S-48")
  void indexRange_ofTuples_takesPartialOnes() {
    conn.transact(
        "[{:db/ident :x/year :db/valueType :db.type/long :db/cardinality :db.cardinality/one}"
            + " {:db/ident :x/term :db/valueType :db.type/string :db/cardinality :db.cardinality/one}"
            + " {:db/ident :x/yt :db/valueType :db.type/tuple :db/tupleAttrs [:x/year :x/term]"
            + " :db/cardinality :db.cardinality/one :db/index true}]");
    conn.transact(
        "[{:x/year 2019 :x/term \"fall\"} {:x/year 2020 :x/term \"fall\"} {:x/year 2020}"
            + " {:x/year 2020 :x/term \"spring\"} {:x/year 2021}]");
    assertThat(conn.db().indexRange(":x/yt", List.of(2020), List.of(2021)))
        .extracting(Datom::v)
        .containsExactly(
            Arrays.asList(2020L, null), List.of(2020L, "fall"), List.of(2020L, "spring"));
    assertThat(conn.db().indexRange(":x/yt", List.of(2020, "g"), null))
        .extracting(Datom::v)
        .containsExactly(List.of(2020L, "spring"), Arrays.asList(2021L, null));
  }

  @Test
  @Row("RA-14")
  void tempidsOfTwoTransactions_areTwoEntities() {
    conn.transact(
        "[{:db/ident :x/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]");
    try (Connection other = Bits.connect(uri)) {
      TxReport one = conn.transact("[{:db/id -1 :x/n 1} {:db/id \"e\" :x/n 1}]");
      TxReport two = other.transact("[{:db/id -1 :x/n 1} {:db/id \"e\" :x/n 1}]");
      assertThat(one.tempids()).containsOnlyKeys("-1", "e");
      assertThat(one.tempids().values())
          .doesNotContainAnyElementsOf(two.tempids().values())
          .doesNotHaveDuplicates();
    }
  }
}
