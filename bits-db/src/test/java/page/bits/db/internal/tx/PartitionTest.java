/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.DbError;
import page.bits.db.Partition;

/// Into which partitions transactions put entities.
final class PartitionTest {
  private static final String SCHEMA =
      """
      [{:db/ident :x/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
       {:db/ident :x/key :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}
       {:db/ident :x/part :db/valueType :db.type/ref :db/cardinality :db.cardinality/many
        :db/isComponent true}
       {:db/ident :part/a :db.install/_partition :db.part/db}
       {:db/ident :part/b :db.install/_partition :db.part/db}]
      """;

  private final TestDb db = TestDb.with(SCHEMA);
  private final long a = db.id(":part/a");
  private final long b = db.id(":part/b");

  private long partition(String forms, String tempid) {
    return Partition.of(TestDb.id(db.transact("[" + forms + "]"), tempid));
  }

  @Test
  @Row({"S-70", "S-71", "S-75"})
  void install_makesASchemaElementThatEntitiesAreForcedInto() {
    assertThat(Partition.of(a)).isEqualTo(Partition.DB);
    Evaluated e = db.transact("[{:db/id \"e\" :x/n 1} {:db/force-partition {\"e\" :part/a}}]");
    assertThat(TestDb.id(e, "e")).isEqualTo(a << 42 | e.t() + 1);
    assertThat(partition("{:db/id \"e\" :x/n 1}", "e")).isEqualTo(Partition.USER);
    db.transact("[[:db/add " + TestDb.id(e, "e") + " :x/n 2]]");
  }

  @Test
  @Row({"S-73", "T-07"})
  void directives_forceAndMatch_alsoThroughOthers() {
    String three = "{:db/id \"e\" :x/n 1} {:db/id \"f\" :x/n 2} {:db/id \"g\" :x/n 3}";
    String chain = "{:db/match-partition {\"e\" \"f\", \"f\" \"g\"}}";
    assertThat(partition(three + chain + "{:db/force-partition {\"g\" :part/a}}", "e"))
        .isEqualTo(a);
    assertThat(partition(three + chain, "e")).isEqualTo(Partition.USER);
    db.transact("[{:db/id \"k\" :x/key \"k\"} {:db/force-partition {\"k\" :part/b}}]");
    assertThat(partition(three + "{:db/match-partition {\"e\" [:x/key \"k\"]}}", "e")).isEqualTo(b);
    assertThat(partition(three + "{:db/match-partition {\"e\" \"datomic.tx\"}}", "e"))
        .isEqualTo(Partition.USER);
    assertThat(partition(three + "{:db/match-partition {\"e\" :x/n}}", "e"))
        .isEqualTo(Partition.USER);
    assertThat(
            partition(
                three + "{:db/force-partition {\"e\" :part/a} :db/match-partition {\"e\" \"f\"}}",
                "e"))
        .isEqualTo(a);
  }

  @Test
  @Row("S-73")
  void entityThatExists_staysWhereItIs() {
    db.transact("[{:db/id \"k\" :x/key \"k\"} {:db/force-partition {\"k\" :part/b}}]");
    assertThat(partition("{:db/id \"k\" :x/key \"k\"} {:db/force-partition {\"k\" :part/a}}", "k"))
        .isEqualTo(b);
  }

  @Test
  @Row("S-73")
  void nestedMap_goesWhereItsParentGoes() {
    String nested = "{:db/id \"p\" :x/part [{:db/id \"c\" :x/part {:db/id \"d\" :x/n 1}}]}";
    assertThat(partition(nested + "{:db/force-partition {\"p\" :part/a}}", "d")).isEqualTo(a);
    assertThat(
            partition(
                nested
                    + "{:db/force-partition {\"p\" :part/a}} {:db/force-partition {\"c\" :part/b}}",
                "d"))
        .isEqualTo(b);
    assertThat(partition(nested, "d")).isEqualTo(Partition.USER);
  }

  @Test
  @Row("S-72")
  void implicitPartition_needsNoInstallation() {
    long seven = Partition.implicit(7);
    String forms = "{:db/id \"e\" :x/n 1} {:db/force-partition {\"e\" " + seven + "}}";
    Evaluated e = db.transact("[" + forms + "]");
    long id = TestDb.id(e, "e");
    assertThat(Partition.implicitNumber(id)).hasValue(7);
    assertThat(Partition.implicitNumber(seven)).hasValue(7);
    assertThat(Partition.implicitNumber(Partition.tx(1))).isEmpty();
    assertThat(Partition.counter(id)).isEqualTo(e.t() + 1);
    assertThat(id).isPositive();
    db.transact("[[:db/add " + id + " :x/n 2]]");
    assertThat(Partition.implicit(Partition.IMPLICIT_COUNT - 1)).isEqualTo((1L << 62) - (1L << 42));
  }

  @Test
  @Row({"S-73", "S-70", "T-80"})
  void directives_thatCannotBeFollowed_areRefused() {
    String e = "{:db/id \"e\" :x/n 1} {:db/id \"f\" :x/n 2}";
    for (String no :
        List.of(":x/n", ":db.part/db", ":db.part/tx", ":part/nope", "5", "nil", "72")) {
      db.refused(DbError.NOT_A_PARTITION, "[" + e + "{:db/force-partition {\"e\" " + no + "}}]");
    }
    db.refused(
        DbError.CYCLE_IN_AFFINITY, "[" + e + "{:db/match-partition {\"e\" \"f\" \"f\" \"e\"}}]");
    db.refused(DbError.TEMPID_NOT_AN_ENTITY, "[" + e + "{:db/force-partition {\"z\" :part/a}}]");
    db.refused(DbError.TEMPID_NOT_AN_ENTITY, "[" + e + "{:db/match-partition {\"e\" \"z\"}}]");
    db.refused(DbError.INVALID_TX_DATA, "[" + e + "{:db/force-partition [[\"e\" :part/a]]}]");
    db.refused(DbError.INVALID_TX_DATA, "[" + e + "{:db/force-partition {:x/n :part/a}}]");
    db.refused(
        DbError.INVALID_TX_DATA,
        "[" + e + "{:db/force-partition {\"e\" :part/a}} {:db/force-partition {\"e\" :part/b}}]");
    db.refused(
        DbError.NOT_A_PARTITION,
        "[{:db/ident :part/new :db.install/_partition :db.part/db}"
            + e
            + "{:db/force-partition {\"e\" :part/new}}]");
  }

  @Test
  @Row({"S-71", "S-56"})
  void install_ofWhatIsNoNewName_isRefusedAndNothingIsUninstalled() {
    db.transact("[{:db/ident :enum/red}]");
    for (String form :
        List.of(
            "{:db/ident :part/c :db.install/_partition :db.part/user}",
            "{:x/n 1 :db.install/_partition :db.part/db}",
            "[:db/add :db.part/db :db.install/partition :enum/red]",
            "[:db/retract :db.part/db :db.install/partition :part/a]",
            "[:db/retract :db.part/db :db.install/partition]")) {
      db.refused(DbError.INVALID_TX_DATA, "[" + form + "]");
    }
    db.transact("[{:db/ident :part/a :db/doc \"for a\"}]");
    db.transact("[{:db/id :part/a :db/ident :part/renamed}]");
    assertThat(partition("{:db/id \"e\" :x/n 1} {:db/force-partition {\"e\" :part/renamed}}", "e"))
        .isEqualTo(a);
  }

  @Test
  @Row({"T-25", "RB-03", "S-17"})
  void taggedTempids_carryTheirPartition() {
    Evaluated e =
        db.transact(
            "[[:db/add #db/id[:part/a -1] :x/n 1] [:db/add #db/id[:part/a -1] :x/key \"k\"]"
                + "[:db/add #db/id[:db.part/user -1] :x/n 2] [:db/add #db/id[:part/b] :x/n 3]]");
    assertThat(e.tempids()).containsOnlyKeys(":part/a -1", "-1");
    assertThat(Partition.of(TestDb.id(e, ":part/a -1"))).isEqualTo(a);
    assertThat(db.id(List.of(":x/key", "k"))).isEqualTo(TestDb.id(e, ":part/a -1"));
    db.transact(
        "[{:db/id #db/id[:db.part/db] :db/ident :x/legacy :db/valueType :db.type/long"
            + " :db/cardinality :db.cardinality/one :db.install/_attribute :db.part/db}]");
    assertThat(Partition.of(db.id(":x/legacy"))).isEqualTo(Partition.DB);
    db.refused(DbError.NOT_A_PARTITION, "[[:db/add #db/id[:db.part/db] :x/n 1]]");
    db.refused(DbError.NOT_A_PARTITION, "[[:db/add #db/id[:part/nope -1] :x/n 1]]");
    db.refused(DbError.INVALID_ENTITY_ID, "[[:db/add #db/id[:part/a 1] :x/n 1]]");
  }

  @Test
  @Row("S-77")
  void ids_ofPartitionsAndOfNumbersNotGivenOut_areNoEntities() {
    long next = db.context().nextEntity();
    for (long id :
        new long[] {
          Partition.entityId(a, next),
          Partition.entityId(a, 1),
          Partition.entityId(99, 1000),
          Partition.implicit(7),
          -1L << 42 | 1000
        }) {
      if (id >= 0) {
        db.refused(DbError.INVALID_ENTITY_ID, "[[:db/add " + id + " :x/n 1]]");
      }
    }
  }
}
