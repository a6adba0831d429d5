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
import page.bits.db.internal.schema.Attribute.Uniqueness;
import page.bits.db.internal.schema.Ids;
import page.bits.db.internal.schema.ValueType;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;

class SchemaTransactionTest {
  private static final String ONE =
      ":db/valueType :db.type/string :db/cardinality :db.cardinality/one";
  private static final String MANY =
      ":db/valueType :db.type/string :db/cardinality :db.cardinality/many";

  private final TestDb db =
      TestDb.with("[{:db/ident :a/one " + ONE + "} {:db/ident :a/many " + MANY + "}]");

  @Test
  @Row("S-03")
  void s03_newAttribute_takesAnElementNumber() {
    long before = db.context().nextElement();

    Evaluated tx =
        db.transact(
            "[{:db/id \"a\" :db/ident :b/x :db/valueType :db.type/ref :db/doc \"d\"".replace("", "")
                + " :db/cardinality :db.cardinality/many :db/isComponent true :db/index true"
                + " :db/noHistory true :db/fulltext false}]");

    assertThat(tx.tempids()).containsEntry("a", before);
    assertThat(tx.nextElement()).isEqualTo(before + 1);
    assertThat(tx.nextEntity()).isEqualTo(tx.t() + 1);
    assertThat(db.attribute(":b/x"))
        .returns(ValueType.REF, a -> a.type())
        .returns(true, a -> a.isMany())
        .returns(true, a -> a.isComponent())
        .returns(true, a -> a.isIndexed())
        .returns(true, a -> a.isNoHistory());
  }

  @Test
  @Row("S-03")
  void s03_incompleteAttribute_isRefusedNamingWhatIsMissing() {
    missing("{:db/ident :b/x :db/valueType :db.type/long}", ":db/cardinality");
    missing("{:db/ident :b/x :db/cardinality :db.cardinality/one}", ":db/valueType");
    missing("{" + ONE + "}", ":db/ident");
    missing("{:db/ident :b/x :db/unique :db.unique/identity}", ":db/valueType", ":db/cardinality");
  }

  private void missing(String form, String... missing) {
    BitsException refusal = db.refused(DbError.INVALID_INSTALL_ATTRIBUTE, "[" + form + "]");
    assertThat(refusal.data().get("missing"))
        .isEqualTo(java.util.Arrays.stream(missing).map(Keyword::of).toList());
  }

  @Test
  @Row({"S-02", "S-08"})
  void s02_badProperties_areRefused() {
    String ident = "{:db/ident :b/x :db/cardinality :db.cardinality/one :db/valueType ";
    db.refused(DbError.NOT_AN_ENTITY, "[" + ident + ":db.type/strnig}]");
    db.refused(DbError.INVALID_INSTALL_ATTRIBUTE, "[" + ident + ":db.unique/value}]");
    db.refused(DbError.UNSUPPORTED, "[" + ident + ":db.type/fn}]");
    db.refused(DbError.UNSUPPORTED, "[" + ident + ":db.type/string :db/fulltext true}]");
    db.refused(DbError.INVALID_INSTALL_ATTRIBUTE, "[{:db/ident :b/x :db.attr/preds my/p}]");
    db.refused(DbError.UNSUPPORTED, "[{:db/ident :b/f :db/fn 1}]");
    db.refused(
        DbError.INVALID_INSTALL_ATTRIBUTE,
        "[{:db/ident :b/x :db/valueType :db.type/long :db/cardinality :db.type/long}]");
    db.refused(
        DbError.INVALID_INSTALL_ATTRIBUTE, "[" + ident + ":db.type/long :db/unique :a/one}]");
    db.refused(
        DbError.INVALID_INSTALL_ATTRIBUTE, "[" + ident + ":db.type/long :db/isComponent true}]");
    db.refused(
        DbError.INVALID_INSTALL_ATTRIBUTE,
        "[" + ident + ":db.type/bytes :db/unique :db.unique/value}]");
  }

  @Test
  @Row("S-04")
  void s04_uniqueOfMany_isAcceptedAndUpserts() {
    db.transact("[{:db/ident :b/mail " + MANY + " :db/unique :db.unique/identity}]");
    db.transact("[{:b/mail [\"x\" \"y\"]}]");

    db.transact("[{:b/mail \"y\" :a/one \"found\"}]");

    assertThat(db.value(List.of(":b/mail", "x"), ":a/one")).isEqualTo("found");
  }

  @Test
  @Row("S-01")
  void s01_reservedNamespaces_areRefused() {
    for (String ident : List.of(":db/x", ":db.my/x", ":bits/x", ":bits.my/x")) {
      db.refused(DbError.INVALID_TX_DATA, "[{:db/ident " + ident + "}]");
    }
    db.transact("[{:db/ident :dbx/x} {:db/ident :bitsy/x}]");
  }

  @Test
  @Row("S-17")
  void s17_olderInstallForms_areAccepted() {
    db.transact(
        "[{:db/id #db/id[:db.part/db] :db/ident :b/x "
            + ONE
            + " :db.install/_attribute :db.part/db}]");
    db.transact("[{:db/id :b/x :db/doc \"d\" :db.alter/_attribute :db.part/db}]");
    db.transact(
        "[{:db/id \"y\" :db/ident :b/y "
            + ONE
            + "} [:db/add :db.part/db :db.install/attribute \"y\"]]");

    assertThat(db.attribute(":b/x").type()).isEqualTo(ValueType.STRING);
    assertThat(db.attribute(":b/y").type()).isEqualTo(ValueType.STRING);
    assertThat(db.value(":b/x", ":db/doc")).isEqualTo("d");
  }

  @Test
  void attribute_usedInItsOwnTransaction_isRefused() {
    db.refused(DbError.NOT_AN_ATTRIBUTE, "[{:db/ident :b/x " + ONE + "} {:b/x \"x\"}]");
  }

  @Test
  void installAgain_changesNothing() {
    assertThat(db.transact("[{:db/ident :a/one " + ONE + "}]").datoms()).hasSize(1);
  }

  @Test
  @Row("S-16")
  void s16_schemaEntities_takeAnyAttribute() {
    db.transact("[{:db/id :a/one :a/many [\"note\"]}]");

    assertThat(db.values(":a/one", ":a/many")).containsExactly("note");
  }

  @Test
  @Row("S-50")
  void s50_renamedAttribute_answersToBothNames() {
    long id = db.id(":a/one");
    db.transact("[{:db/id :a/one :db/ident :a/uno}]");

    assertThat(db.id(":a/uno")).isEqualTo(id);
    assertThat(db.id(":a/one")).isEqualTo(id);
    assertThat(db.source().schema().ident(id)).contains(Keyword.of(":a/uno"));
    db.transact("[{:db/ident :a/one " + MANY + "}]");
    assertThat(db.id(":a/one")).isNotEqualTo(id);
  }

  @Test
  @Row("S-50")
  void s50_identRetractedWithoutAnother_resolvesNoMore() {
    db.transact("[{:db/ident :c/red :db/doc \"a colour\"}]");
    long id = db.id(":c/red");
    db.transact("[{:db/id :c/red :db/ident :c/rouge}]");

    db.transact("[[:db/retract :c/red :db/ident :c/rouge]]");

    assertThat(db.source().schema().entid(Keyword.of(":c/rouge"))).isEmpty();
    assertThat(db.source().schema().entid(Keyword.of(":c/red"))).isEmpty();
    assertThat(db.source().schema().ident(id)).isEmpty();
    db.refused(DbError.NOT_AN_ENTITY, "[[:db/add :c/rouge :db/doc \"gone\"]]");
    db.transact("[{:db/ident :c/rouge}]");
    assertThat(db.id(":c/rouge")).isNotEqualTo(id);
  }

  @Test
  @Row("S-50")
  void s50_identMovedInOneTransaction_namesTheOtherEntity() {
    db.transact("[{:db/ident :c/red} {:db/id \"b\" :db/ident :c/blue}]");
    long blue = db.id(":c/blue");

    db.transact("[[:db/retract :c/red :db/ident :c/red] {:db/id :c/blue :db/ident :c/red}]");

    assertThat(db.id(":c/red")).isEqualTo(blue);
    assertThat(db.id(":c/blue")).isEqualTo(blue);
  }

  @Test
  @Row("S-51")
  void s51_cardinality_widensAlwaysAndNarrowsWhereOneValueIsLeft() {
    db.transact("[{:db/id \"e\" :a/one \"x\"}]");
    db.transact("[{:db/id :a/one :db/cardinality :db.cardinality/many}]");
    assertThat(db.attribute(":a/one").isMany()).isTrue();
    long e = TestDb.id(db.transact("[{:db/id \"e\" :a/one [\"x\" \"y\"]}]"), "e");
    String narrow = "{:db/id :a/one :db/cardinality :db.cardinality/one}";

    BitsException refusal = db.refused(DbError.INVALID_ALTER_ATTRIBUTE, "[" + narrow + "]");
    assertThat(refusal.data())
        .containsEntry("reason", Keyword.of("cardinality-violation"))
        .containsEntry("attribute", Keyword.of(":a/one"));
    db.transact("[" + narrow + "[:db/retract " + e + " :a/one \"y\"]]");
    assertThat(db.attribute(":a/one").isMany()).isFalse();
  }

  @Test
  @Row("S-54")
  void s54_unique_needsIndexOrNoDataAndNoDuplicates() {
    db.transact("[{:db/id :a/many :db/unique :db.unique/value}]");
    assertThat(db.attribute(":a/many").unique()).isEqualTo(Uniqueness.VALUE);
    long e = TestDb.id(db.transact("[{:db/id \"e\" :a/one \"x\"} {:a/one \"x\"}]"), "e");
    String unique = "{:db/id :a/one :db/unique :db.unique/identity}";

    assertThat(db.refused(DbError.INVALID_ALTER_ATTRIBUTE, "[" + unique + "]").data())
        .containsEntry("reason", Keyword.of("unique-without-index"));
    db.transact("[{:db/id :a/one :db/index true}]");
    BitsException refusal = db.refused(DbError.INVALID_ALTER_ATTRIBUTE, "[" + unique + "]");
    assertThat(refusal.data()).containsEntry("reason", Keyword.of("unique-violation"));
    assertThat((List<?>) refusal.data().get("datoms")).hasSize(2);
    db.transact("[" + unique + "[:db/add " + e + " :a/one \"y\"]]");
    assertThat(db.attribute(":a/one").unique()).isEqualTo(Uniqueness.IDENTITY);
    db.transact("[{:db/id :a/one :db/unique :db.unique/value}]");
    assertThat(db.attribute(":a/one").unique()).isEqualTo(Uniqueness.VALUE);
  }

  @Test
  @Row("S-54")
  void s54_uniqueTogetherWithADuplicate_isRefused() {
    db.refused(
        DbError.INVALID_ALTER_ATTRIBUTE,
        "[{:db/id :a/one :db/unique :db.unique/value} {:a/one \"x\"} {:a/one \"x\"}]");
  }

  @Test
  @Row("S-55")
  void s55_uniqueAndIndex_canBeDropped() {
    db.transact("[{:db/id :a/one :db/unique :db.unique/value :db/index true}]");

    db.transact("[[:db/retract :a/one :db/unique :db.unique/value]]");
    assertThat(db.attribute(":a/one").isUnique()).isFalse();
    assertThat(db.attribute(":a/one").hasAvet()).isTrue();
    db.transact("[[:db/retract :a/one :db/index true]]");
    assertThat(db.attribute(":a/one").hasAvet()).isFalse();
  }

  @Test
  @Row("S-52")
  void s52_componentAndNoHistory_changeAtAnyTimeComponentOnlyOnRefs() {
    db.transact(
        "[{:db/ident :b/r :db/valueType :db.type/ref :db/cardinality :db.cardinality/one}]");
    db.transact("[{:db/id :b/r :db/isComponent true :db/noHistory true :db/doc \"d\"}]");

    assertThat(db.attribute(":b/r").isComponent()).isTrue();
    unsupported("{:db/id :a/one :db/isComponent true}", ":db/isComponent");
  }

  @Test
  @Row("S-56")
  void s56_whatNeverChanges_isRefused() {
    unsupported("{:db/id :a/one :db/valueType :db.type/long}", ":db/valueType");
    unsupported("{:db/ident :a/one :db/valueType :db.type/long}", ":db/valueType");
    unsupported("[:db/retract :a/one :db/valueType :db.type/string]", ":db/valueType");
    unsupported("[:db/retract :a/one :db/cardinality]", ":db/cardinality");
    unsupported("[:db/retract :a/one :db/ident :a/one]", ":db/ident");
    unsupported("[:db/retractEntity :a/one]", ":db/valueType");
  }

  private void unsupported(String form, String property) {
    BitsException refusal = db.refused(DbError.INVALID_ALTER_ATTRIBUTE, "[" + form + "]");
    assertThat(refusal.data())
        .containsEntry("reason", Keyword.of("unsupported-alter-schema"))
        .containsEntry("property", Keyword.of(property));
  }

  @Test
  void bornEntities_cannotBeChanged() {
    for (String form :
        List.of(
            "{:db/id :db/doc :db/doc \"mine\"}",
            "{:db/id :db/ident :db/cardinality :db.cardinality/many}",
            "[:db/add " + Partition.tx(0) + " :db/doc \"x\"]",
            "[:db/retractEntity :db.cardinality/one]")) {
      db.refused(DbError.INVALID_ALTER_ATTRIBUTE, "[" + form + "]");
    }
    assertThat(db.transact("[{:db/id :db/ident :db/cardinality :db.cardinality/one}]").datoms())
        .hasSize(1);
  }

  @Test
  void ordinaryEntity_cannotBecomeAnAttribute() {
    db.transact("[{:db/ident :b/enum}]");

    db.refused(DbError.INVALID_INSTALL_ATTRIBUTE, "[{:db/ident :b/enum " + ONE + "}]");
    db.refused(DbError.INVALID_INSTALL_ATTRIBUTE, "[{:db/id :b/enum :db/index true}]");
  }

  @Test
  @Row("S-60")
  void s60_moreElementsThanThereAreNumbers_areRefused() {
    TxContext c = db.context();
    var full =
        new TxContext(
            c.before(), c.nextEntity(), 1L << 20, c.lastTxInstant(), c.now(), c.moments());

    assertThat(
            org.assertj.core.api.Assertions.catchThrowableOfType(
                    BitsException.class,
                    () -> Evaluator.evaluate(full, TestDb.forms("[{:db/ident :b/x " + ONE + "}]")))
                .is(DbError.TOO_LARGE))
        .isTrue();
    assertThat(c.nextElement()).isEqualTo(Ids.FIRST_ELEMENT + 2);
  }

  // SchemaPlan

  @Test
  void schemaPlan_whatIsThere_isNotMissing() {
    String schema = "[{:db/ident :b/x " + ONE + " :db/doc \"d\"} {:db/ident :b/red}]";
    List<?> missing = SchemaPlan.missing(db.context(), TestDb.forms(schema));
    assertThat(missing).hasSize(2);

    db.transact(missing);

    assertThat(SchemaPlan.missing(db.context(), TestDb.forms(schema))).isEmpty();
    assertThat(db.transact(missing).datoms()).hasSize(1);
  }

  @Test
  void schemaPlan_partitionsSpecsAndTuples_areMissingOnce() {
    String schema =
        "[{:db/ident :b/part :db.install/_partition :db.part/db}"
            + " {:db/ident :b/spec :db.entity/attrs [:a/one]}"
            + " {:db/ident :b/n "
            + ONE
            + "}{:db/ident :b/nn :db/valueType :db.type/tuple :db/cardinality :db.cardinality/one"
            + " :db/tupleAttrs [:b/n :a/one]}]";
    db.transact(SchemaPlan.missing(db.context(), TestDb.forms(schema)));
    assertThat(SchemaPlan.missing(db.context(), TestDb.forms(schema))).isEmpty();
  }

  @Test
  void schemaPlan_alteration_isMissing() {
    String schema = "[{:db/ident :a/one " + ONE + " :db/index true}]";

    db.transact(SchemaPlan.missing(db.context(), TestDb.forms(schema)));

    assertThat(db.attribute(":a/one").isIndexed()).isTrue();
    assertThat(SchemaPlan.missing(db.context(), TestDb.forms(schema))).isEmpty();
  }

  @Test
  void schemaPlan_renamedAttribute_isNotNamedBack() {
    db.transact("[{:db/id :a/one :db/ident :a/uno}]");

    assertThat(SchemaPlan.missing(db.context(), TestDb.forms("[{:db/ident :a/one " + ONE + "}]")))
        .isEmpty();
  }

  @Test
  void schemaPlan_contradiction_isRefused() {
    var refusal =
        org.assertj.core.api.Assertions.catchThrowableOfType(
            BitsException.class,
            () ->
                SchemaPlan.missing(
                    db.context(),
                    TestDb.forms(
                        "[{:db/ident :a/one :db/valueType :db.type/long"
                            + " :db/cardinality :db.cardinality/one}]")));

    assertThat(refusal.is(DbError.INVALID_ALTER_ATTRIBUTE)).isTrue();
    assertThat(refusal.data()).containsEntry("attribute", Keyword.of(":a/one"));
  }

  @Test
  void schemaPlan_formsThatAreNoDefinitions_areRefused() {
    for (String form : List.of("{:a/one \"x\"}", "[:db/add \"x\" :a/one \"x\"]", "nil")) {
      var refusal =
          org.assertj.core.api.Assertions.catchThrowableOfType(
              BitsException.class,
              () -> SchemaPlan.missing(db.context(), TestDb.forms("[" + form + "]")));
      assertThat(refusal.is(DbError.INVALID_TX_DATA)).isTrue();
    }
  }
}
