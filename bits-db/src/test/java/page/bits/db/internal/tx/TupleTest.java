/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.DbError;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;

/// Attributes of tuples, and transactions that write them.
final class TupleTest {
  private static final String MEMBERS =
      """
      [{:db/ident :x/a :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
       {:db/ident :x/s :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
       {:db/ident :x/r :db/valueType :db.type/ref :db/cardinality :db.cardinality/one}
       {:db/ident :x/many :db/valueType :db.type/long :db/cardinality :db.cardinality/many}
       {:db/ident :x/bytes :db/valueType :db.type/bytes :db/cardinality :db.cardinality/one}
       {:db/ident :x/float :db/valueType :db.type/float :db/cardinality :db.cardinality/one}
       {:db/ident :x/key :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/unique :db.unique/identity}]
      """;
  private static final String WRITTEN =
      """
      [{:db/ident :x/typed :db/valueType :db.type/tuple :db/cardinality :db.cardinality/one
        :db/tupleTypes [:db.type/long :db.type/string :db.type/ref]}
       {:db/ident :x/longs :db/valueType :db.type/tuple :db/cardinality :db.cardinality/many
        :db/tupleType :db.type/long}]
      """;
  private static final String COMPOSITE =
      "[{:db/ident :x/as :db/valueType :db.type/tuple :db/cardinality :db.cardinality/one"
          + " :db/tupleAttrs [:x/a :x/s]}]";
  private static final String UNIQUE =
      "[{:db/ident :x/as :db/valueType :db.type/tuple :db/cardinality :db.cardinality/one"
          + " :db/unique :db.unique/identity :db/tupleAttrs [:x/a :x/s]}]";

  private final TestDb db = TestDb.with(MEMBERS);

  private static List<Object> key(String key) {
    return List.of(":x/key", key);
  }

  private void badInstall(String rest, String reason) {
    String form =
        "[{:db/ident :x/t :db/valueType :db.type/tuple :db/cardinality :db.cardinality/one "
            + rest
            + "}]";
    assertThat(db.refused(DbError.INVALID_INSTALL_ATTRIBUTE, form).data())
        .as(rest)
        .containsEntry("attribute", Keyword.of(":x/t"))
        .containsEntry("reason", Keyword.of(reason));
  }

  @Test
  @Row({"S-14", "S-58"})
  void install_notExactlyOneKindOfTuple_isRefused() {
    badInstall("", "invalid-tuple-kind");
    badInstall(
        ":db/tupleType :db.type/long :db/tupleTypes [:db.type/long :db.type/long]",
        "invalid-tuple-kind");
    badInstall(":db/tupleType :db.type/long :db.tuple/discontinued true", "invalid-tuple-kind");
    assertThat(
            db.refused(
                    DbError.INVALID_INSTALL_ATTRIBUTE,
                    "[{:db/ident :x/t :db/valueType :db.type/long :db/tupleType :db.type/long"
                        + " :db/cardinality :db.cardinality/one}]")
                .data())
        .containsEntry("reason", Keyword.of("type-on-non-tuple"));
  }

  @Test
  @Row("S-40")
  void install_typesThatTuplesCannotHold_areRefused() {
    for (String type : List.of(":db.type/float", ":db.type/bytes", ":db.type/tuple", ":x/a")) {
      badInstall(":db/tupleType " + type, "invalid-tuple-type");
      badInstall(":db/tupleTypes [:db.type/long " + type + "]", "invalid-tuple-type");
    }
    for (String slots : List.of("[:db.type/long]", "[" + ":db.type/long ".repeat(9) + "]")) {
      assertThat(
              db.refused(
                      DbError.INVALID_TUPLE_VALUE,
                      "[{:db/ident :x/t :db/valueType :db.type/tuple :db/tupleTypes "
                          + slots
                          + " :db/cardinality :db.cardinality/one}]")
                  .data())
          .containsEntry("attribute", Keyword.of(":db/tupleTypes"));
    }
  }

  @Test
  @Row({"S-41", "S-44"})
  void install_compositeOfUnfitAttributes_isRefused() {
    badInstall(":db/tupleAttrs [:x/a :x/many]", "invalid-tuple-attrs");
    badInstall(":db/tupleAttrs [:x/a :x/nope]", "invalid-tuple-attrs");
    badInstall(":db/tupleAttrs [:x/a :x/bytes]", "invalid-tuple-attrs");
    badInstall(":db/tupleAttrs [:x/float :x/a]", "invalid-tuple-attrs");
    assertThat(
            db.refused(
                    DbError.INVALID_INSTALL_ATTRIBUTE,
                    "[{:db/ident :x/t :db/valueType :db.type/tuple :db/tupleAttrs [:x/a :x/s]"
                        + " :db/cardinality :db.cardinality/many}]")
                .data())
        .containsEntry("reason", Keyword.of("tuple-of-attrs-must-be-card-one"));
    db.transact(COMPOSITE);
    badInstall(":db/tupleAttrs [:x/a :x/as]", "invalid-tuple-attrs");
  }

  @Test
  void install_compositeTogetherWithItsAttributes_isKept() {
    db.transact(
        "[{:db/ident :y/a :db/valueType :db.type/long :db/cardinality :db.cardinality/one}"
            + "{:db/ident :y/aa :db/valueType :db.type/tuple :db/tupleAttrs [:y/a :x/a]"
            + " :db/cardinality :db.cardinality/one}]");
    db.transact("[{:x/key \"k\" :y/a 1 :x/a 2}]");
    assertThat(db.value(key("k"), ":y/aa")).isEqualTo(List.of(1L, 2L));
  }

  @Test
  @Row({"S-56", "S-14"})
  void alter_whatTuplesAreMadeOf_isRefused() {
    db.transact(COMPOSITE);
    db.transact(WRITTEN);
    for (String change :
        List.of(
            "{:db/id :x/longs :db/tupleType :db.type/string}",
            "{:db/id :x/typed :db/tupleTypes [:db.type/long :db.type/long]}",
            "{:db/id :x/as :db/tupleAttrs [:x/a :x/r]}",
            "[:db/retract :x/as :db/tupleAttrs [:x/a :x/s]]",
            "{:db/id :x/longs :db.tuple/discontinued true}",
            "{:db/id :x/a :db/tupleType :db.type/long}")) {
      assertThat(db.refused(DbError.INVALID_ALTER_ATTRIBUTE, "[" + change + "]").data())
          .as(change)
          .containsEntry("reason", Keyword.of("unsupported-alter-schema"));
    }
    assertThat(
            db.refused(
                    DbError.INVALID_ALTER_ATTRIBUTE,
                    "[{:db/id :x/a :db/cardinality :db.cardinality/many}]")
                .data())
        .containsEntry("reason", Keyword.of("constituent-of-a-composite-must-be-card-one"));
    assertThat(
            db.refused(
                    DbError.INVALID_ALTER_ATTRIBUTE,
                    "[{:db/id :x/as :db/cardinality :db.cardinality/many}]")
                .data())
        .containsEntry("reason", Keyword.of("tuple-of-attrs-must-be-card-one"));
  }

  @Test
  @Row({"S-29", "S-40", "S-47", "S-45"})
  void writtenTuples_ofTheirTypes_areValues() {
    db.transact(WRITTEN);
    Evaluated e =
        db.transact(
            "[{:db/id \"e\" :x/key \"e\" :x/typed [1 \"one\" \"e\"] :x/longs [[1 2 3] [4 nil]]}]");
    long id = TestDb.id(e, "e");
    assertThat(db.value(id, ":x/typed")).isEqualTo(List.of(1L, "one", id));
    assertThat(db.values(id, ":x/longs"))
        .containsExactly(List.of(1L, 2L, 3L), Arrays.asList(4L, null));
    db.transact("[[:db/add [:x/key \"e\"] :x/typed [nil nil [:x/key \"e\"]]]]");
    assertThat(db.value(id, ":x/typed")).isEqualTo(Arrays.asList(null, null, id));
    db.transact("[[:db/add [:x/key \"e\"] :x/typed [nil nil :x/a]]]");
    assertThat(db.value(id, ":x/typed"))
        .isEqualTo(Arrays.asList(null, null, db.attribute(":x/a").id()));
    db.transact("[[:db/retract [:x/key \"e\"] :x/longs [1 2 3]]]");
    assertThat(db.values(id, ":x/longs")).containsExactly(Arrays.asList(4L, null));
  }

  @Test
  @Row({"S-40", "S-47"})
  void writtenTuples_ofOtherShapes_areRefused() {
    db.transact(WRITTEN);
    for (String value : List.of("[1 \"s\"]", "[1 \"s\" 17 4]", "[\"a\" \"s\" nil]", "[]", "7")) {
      assertThat(
              db.refused(DbError.INVALID_TUPLE_VALUE, "[[:db/add \"e\" :x/typed " + value + "]]")
                  .data())
          .containsEntry("attribute", Keyword.of(":x/typed"))
          .containsEntry(
              "expected",
              List.of(
                  Keyword.of(":db.type/long"),
                  Keyword.of(":db.type/string"),
                  Keyword.of(":db.type/ref")));
    }
    for (String value : List.of("[1]", "[1 2 3 4 5 6 7 8 9]", "[1 \"x\"]")) {
      db.refused(DbError.INVALID_TUPLE_VALUE, "[[:db/add \"e\" :x/longs " + value + "]]");
    }
    db.refused(DbError.NIL_VALUE, "[[:db/add \"e\" :x/longs nil]]");
    db.refused(DbError.TEMPID_NOT_AN_ENTITY, "[[:db/add \"e\" :x/typed [1 \"s\" \"nobody\"]]]");
    db.refused(DbError.NOT_AN_ENTITY, "[[:db/add \"e\" :x/typed [1 \"s\" [:x/key \"nobody\"]]]]");
    db.refused(DbError.TOO_LARGE, "[[:db/add \"e\" :x/typed [1 \"" + "s".repeat(257) + "\" nil]]]");
    db.transact("[[:db/add \"e\" :x/typed [1 \"" + "s".repeat(256) + "\" nil]]]");
  }

  @Test
  @Row({"S-41", "T-38"})
  void composite_followsItsAttributes() {
    db.transact(COMPOSITE);
    Evaluated e = db.transact("[{:x/key \"k\" :x/a 1 :x/s \"one\"}]");
    assertThat(db.shown(e)).contains("+ :x/as [1, one]");
    e = db.transact("[[:db/add [:x/key \"k\"] :x/s \"uno\"]]");
    assertThat(db.shown(e)).contains("+ :x/as [1, uno]", "- :x/as [1, one]");
    e = db.transact("[[:db/retract [:x/key \"k\"] :x/a]]");
    assertThat(db.shown(e)).contains("+ :x/as [null, uno]", "- :x/as [1, uno]");
    e = db.transact("[[:db/retract [:x/key \"k\"] :x/s \"uno\"]]");
    assertThat(db.shown(e)).containsExactlyInAnyOrder("- :x/s uno", "- :x/as [null, uno]");
    db.transact("[{:x/key \"k\" :x/a 3}]");
    e = db.transact("[[:db/retractEntity [:x/key \"k\"]]]");
    assertThat(db.shown(e)).contains("- :x/as [3, null]", "- :x/a 3");
  }

  @Test
  @Row({"S-42", "T-36", "RF-03"})
  void composite_olderData_getsItByAnyWordOfItsAttributes() {
    db.transact("[{:x/key \"k\" :x/a 1 :x/s \"s\"} {:x/key \"l\" :x/a 1 :x/s \"s\"}]");
    db.transact(COMPOSITE);
    assertThat(db.value(key("k"), ":x/as")).isNull();
    Evaluated e = db.transact("[[:db/add [:x/key \"k\"] :x/a 1]]");
    assertThat(db.shown(e)).containsExactly("+ :x/as [1, s]");
    e = db.transact("[[:db/add [:x/key \"k\"] :x/a 1]]");
    assertThat(db.shown(e)).isEmpty();
    e = db.transact("[[:db/retract [:x/key \"l\"] :x/a 99]]");
    assertThat(db.shown(e)).containsExactly("+ :x/as [1, s]");
  }

  @Test
  @Row({"S-43", "RB-04"})
  void uniqueComposite_madeAgain_conflictsAndDoesNotUpsert() {
    db.transact(UNIQUE);
    db.transact("[{:x/key \"k\" :x/a 1 :x/s \"s\"} {:x/key \"l\" :x/a 2}]");
    BitsException refusal =
        db.refused(DbError.UNIQUE_CONFLICT, "[{:db/id \"e\" :x/a 1 :x/s \"s\"}]");
    assertThat(refusal.data())
        .containsEntry("attribute", Keyword.of(":x/as"))
        .containsEntry("holder", db.id(key("k")));
    db.refused(DbError.UNIQUE_CONFLICT, "[{:db/id \"e\" :x/a 2}]"); // nil equals nil
    db.refused(DbError.DATOMS_CONFLICT, "[{:x/a 3} {:x/a 3}]");
  }

  @Test
  @Row({"S-43", "S-44"})
  void uniqueComposite_asserted_namesItsHolderAndWritesNothing() {
    db.transact(UNIQUE);
    db.transact("[{:x/key \"k\" :x/a 1 :x/s \"s\"}]");
    Evaluated e = db.transact("[{:db/id \"e\" :x/as [1 \"s\"] :x/r :x/a}]");
    assertThat(TestDb.id(e, "e")).isEqualTo(db.id(key("k")));
    assertThat(db.shown(e)).hasSize(1);
    e = db.transact("[{:db/id \"e\" :x/as [2 nil] :x/a 2} {:db/id \"f\" :x/as [2 nil]}]");
    assertThat(TestDb.id(e, "e")).isEqualTo(TestDb.id(e, "f"));
    assertThat(db.refused(DbError.INVALID_TUPLE_VALUE, "[{:x/as [9 \"nine\"]}]").data())
        .containsEntry("attribute", Keyword.of(":x/as"))
        .containsEntry("expected", null);
    db.refused(DbError.INVALID_TUPLE_VALUE, "[{:x/as [1 \"s\"] :x/a 7}]");
    db.refused(DbError.INVALID_TUPLE_VALUE, "[[:db/retract [:x/key \"k\"] :x/as]]");
    db.transact("[[:db/retract [:x/key \"k\"] :x/as] [:db/retractEntity [:x/key \"k\"]]]");
    assertThat(db.value(TestDb.id(e, "e"), ":x/as")).isEqualTo(Arrays.asList(2L, null));
  }

  @Test
  @Row({"S-43", "T-34"})
  void uniqueComposite_valueMovesAndSwapsInOneTransaction() {
    db.transact(UNIQUE);
    db.transact("[{:x/key \"k\" :x/a 1} {:x/key \"l\" :x/a 2}]");
    db.transact("[[:db/add [:x/key \"k\"] :x/a 2] [:db/add [:x/key \"l\"] :x/a 1]]");
    assertThat(db.id(List.of(":x/as", Arrays.asList(1L, null)))).isEqualTo(db.id(key("l")));
  }

  @Test
  @Row({"S-43", "S-45"})
  void lookupRef_overComposite_takesPartialTuplesAndNestedLookupRefs() {
    db.transact(UNIQUE);
    db.transact(
        "[{:db/ident :x/ar :db/valueType :db.type/tuple :db/cardinality :db.cardinality/one"
            + " :db/unique :db.unique/value :db/tupleAttrs [:x/a :x/r]}]");
    db.transact("[{:db/id \"e\" :x/key \"k\" :x/a 1 :x/r \"e\"}]");
    db.transact("[[:db/add [:x/as [1 nil]] :x/s \"found\"]]");
    assertThat(db.value(key("k"), ":x/s")).isEqualTo("found");
    db.transact("[[:db/add [:x/ar [1 [:x/key \"k\"]]] :x/s \"again\"]]");
    assertThat(db.value(key("k"), ":x/s")).isEqualTo("again");
    db.refused(DbError.NOT_AN_ENTITY, "[[:db/add [:x/as [1 nil]] :x/s \"gone\"]]");
    db.refused(DbError.INVALID_TUPLE_VALUE, "[[:db/add [:x/as [1]] :x/s \"short\"]]");
  }

  @Test
  @Row("S-46")
  void referenceInATuple_isNotNavigated() {
    db.transact(WRITTEN);
    Evaluated e =
        db.transact("[{:db/id \"t\" :x/key \"t\"} {:db/id \"e\" :x/typed [1 \"s\" \"t\"]}]");
    Evaluated gone = db.transact("[[:db/retractEntity [:x/key \"t\"]]]");
    assertThat(db.shown(gone)).containsExactly("- :x/key t");
    assertThat(db.value(TestDb.id(e, "e"), ":x/typed"))
        .isEqualTo(List.of(1L, "s", TestDb.id(e, "t")));
  }

  @Test
  @Row({"S-41", "S-50"})
  void composite_ofARenamedAttribute_isKeptThoughItsNameMeansAnother() {
    db.transact(COMPOSITE);
    db.transact("[{:db/id :x/s :db/ident :x/text}]");
    db.transact(
        "[{:db/ident :x/s :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]");
    db.transact("[{:x/key \"k\" :x/a 1 :x/text \"t\" :x/s 5}]");
    assertThat(db.value(key("k"), ":x/as")).isEqualTo(List.of(1L, "t"));
  }

  @Test
  @Row("S-15")
  void composite_discontinued_isNoLongerMadeAndNeverAgain() {
    db.transact(COMPOSITE);
    db.transact("[{:x/key \"k\" :x/a 1}]");
    db.transact("[{:db/id :x/as :db.tuple/discontinued true}]");
    assertThat(db.shown(db.transact("[{:x/key \"k\" :x/a 2}]")))
        .containsExactlyInAnyOrder("+ :x/a 2", "- :x/a 1");
    db.refused(DbError.INVALID_TUPLE_VALUE, "[{:x/key \"k\" :x/as [2 nil]}]");
    for (String change :
        List.of(
            "[:db/add :x/as :db.tuple/discontinued false]",
            "[:db/retract :x/as :db.tuple/discontinued]")) {
      db.refused(DbError.INVALID_ALTER_ATTRIBUTE, "[" + change + "]");
    }
    assertThat(db.shown(db.transact("[[:db/retract [:x/key \"k\"] :x/as]]")))
        .containsExactly("- :x/as [1, null]");
  }
}
