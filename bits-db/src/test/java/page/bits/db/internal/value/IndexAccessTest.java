/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static page.bits.db.internal.TestDb.attribute;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.AttributeInfo;
import page.bits.db.Datom;
import page.bits.db.DatomOrder;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.db.DbStats;
import page.bits.db.Functions;
import page.bits.db.Index;
import page.bits.db.IndexPull;
import page.bits.db.Partition;
import page.bits.db.internal.TestDb;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;
import page.bits.error.BitsException;

/// Four entities, "w" to "z", with ages 30, 10, 20, 20; "w" refers to "x" and "y".
final class IndexAccessTest {
  private static final Db DB =
      TestDb.of(
          "["
              + attribute(":p/name", "string", "one", ":db/unique :db.unique/identity")
              + attribute(":p/age", "long", "one", ":db/index true")
              + attribute(":p/tag", "string", "many", "")
              + attribute(":p/nick", "string", "many", ":db/index true")
              + attribute(":p/friend", "ref", "many", "")
              + attribute(":p/boss", "ref", "one", "")
              + "]",
          """
          [{:db/id "x" :p/name "x" :p/age 10 :p/nick ["a" "b"]} {:db/id "y" :p/name "y" :p/age 20}
           {:db/id "z" :p/name "z" :p/age 20 :p/nick "b"}
           {:db/id "w" :p/name "w" :p/age 30 :p/friend ["x" "y"] :p/boss "x"}]""");

  private static List<String> name(String name) {
    return List.of(":p/name", name);
  }

  private static long id(String name) {
    return DB.entid(name(name)).orElseThrow();
  }

  private static <T> List<T> list(Iterable<T> values) {
    return StreamSupport.stream(values.spliterator(), false).toList();
  }

  private static List<String> names(Iterable<Datom> datoms) {
    return list(datoms).stream()
        .map(datom -> (String) DB.entity(datom.e()).get(":p/name").orElse("?"))
        .toList();
  }

  private static void assertCode(
      DbError code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call).satisfies(e -> assertThat(((BitsException) e).is(code)).isTrue());
  }

  @Row({"Q-60", "RF-11"})
  @Test
  void indexes_orders_areOfTheirComponents() {
    for (Index index : Index.values()) {
      List<Datom> datoms = list(DB.datoms(index));
      assertThat(datoms).isSortedAccordingTo(DatomOrder.of(index)).isNotEmpty();
    }
    List<Datom> all = list(DB.datoms(Index.EAVT));
    assertThat(list(DB.datoms(Index.AEVT))).containsExactlyInAnyOrderElementsOf(all);
    assertThat(list(DB.datoms(Index.AVET)))
        .containsExactlyInAnyOrderElementsOf(
            all.stream().filter(d -> DB.attribute(d.a()).orElseThrow().hasAvet()).toList());
    assertThat(list(DB.datoms(Index.VAET)))
        .containsExactlyInAnyOrderElementsOf(
            all.stream()
                .filter(
                    d ->
                        DB.attribute(d.a())
                            .orElseThrow()
                            .valueType()
                            .equals(Keyword.of(":db.type/ref")))
                .toList());
    Db later = DB.with(List.of(Map.of(":db/id", id("x"), ":p/age", 11))).dbAfter();
    later = later.with(List.of(Map.of(":db/id", id("x"), ":p/age", 10))).dbAfter();
    assertThat(list(later.history().datoms(Index.EAVT, id("x"), ":p/age", 10)))
        .isSortedAccordingTo(Comparator.comparingLong(Datom::t).reversed())
        .hasSize(3);
  }

  @Row("Q-61")
  @Test
  void datoms_prefix_givesWhatBeginsWithIt() {
    assertThat(names(DB.datoms(Index.AVET, ":p/age"))).containsExactly("x", "y", "z", "w");
    assertThat(names(DB.datoms(Index.AVET, ":p/age", 20))).containsExactly("y", "z");
    assertThat(names(DB.datoms(Index.AVET, ":p/age", 20, name("z")))).containsExactly("z");
    assertThat(names(DB.datoms(Index.EAVT, name("x"), Keyword.of(":p/age")))).containsExactly("x");
    assertThat(names(DB.datoms(Index.AEVT, ":p/age", name("x")))).containsExactly("x");
    assertThat(names(DB.datoms(Index.VAET, name("x")))).containsExactly("w", "w");
    assertThat(names(DB.datoms(Index.VAET, name("x"), ":p/boss"))).containsExactly("w");
    assertThat(names(DB.datoms(Index.VAET, name("x"), ":p/boss", name("w")))).containsExactly("w");
    assertThat(names(DB.datoms(Index.EAVT, name("w"), ":p/friend", name("y"))))
        .containsExactly("w");
    long t = DB.basisT();
    assertThat(names(DB.datoms(Index.EAVT, name("x"), ":p/age", 10, t))).containsExactly("x");
    assertThat(names(DB.datoms(Index.EAVT, name("x"), ":p/age", 10, Partition.tx(t))))
        .containsExactly("x");
    assertThat(names(DB.datoms(Index.EAVT, name("x"), ":p/age", 10, t - 1))).isEmpty();
  }

  @Row("Q-61")
  @Test
  void datoms_lookupRefOfNobody_areNone() {
    assertThat(DB.datoms(Index.EAVT, name("nobody"))).isEmpty();
    assertThat(DB.datoms(Index.VAET, name("nobody"), ":p/boss")).isEmpty();
    assertThat(DB.datoms(Index.EAVT, id("w"), ":p/friend", name("nobody"))).isEmpty();
    assertCode(DbError.NOT_AN_ENTITY, () -> DB.seekDatoms(Index.EAVT, name("nobody")));
    assertCode(DbError.NOT_AN_ENTITY, () -> DB.seekDatomsReverse(Index.EAVT, name("nobody")));
  }

  @Row("Q-61")
  @Test
  void datoms_mistakes_areSaid() {
    assertCode(DbError.ATTRIBUTE_NOT_INDEXED, () -> DB.datoms(Index.AVET, ":p/tag"));
    assertCode(DbError.ATTRIBUTE_NOT_INDEXED, () -> DB.seekDatoms(Index.AVET, ":p/tag", "x"));
    assertCode(DbError.ATTRIBUTE_NOT_INDEXED, () -> DB.indexRange(":p/boss", null, null));
    assertCode(DbError.NOT_AN_ATTRIBUTE, () -> DB.datoms(Index.AEVT, ":p/agee"));
    assertCode(DbError.NOT_AN_ENTITY, () -> DB.datoms(Index.EAVT, ":p/agee"));
    assertCode(DbError.WRONG_TYPE_FOR_ATTRIBUTE, () -> DB.datoms(Index.AVET, ":p/age", "20"));
    assertCode(DbError.INVALID_INDEX_COMPONENTS, () -> DB.datoms(Index.EAVT, 1, ":p/age", 1, 1, 1));
    assertCode(DbError.INVALID_INDEX_COMPONENTS, () -> DB.datoms(Index.EAVT, new Object[] {null}));
  }

  @Row("Q-62")
  @Test
  void seekDatoms_start_runsToTheEndOfTheIndex() {
    assertThat(names(DB.seekDatoms(Index.AVET, ":p/age", 15))).startsWith("y", "z", "w", "x");
    assertThat(names(DB.seekDatoms(Index.AVET, ":p/age", 20, name("z")))).startsWith("z", "w");
    List<Datom> rest = list(DB.seekDatoms(Index.EAVT, id("z")));
    List<Datom> all = list(DB.datoms(Index.EAVT));
    assertThat(rest).isEqualTo(all.subList(all.size() - rest.size(), all.size()));
    assertThat(rest.getFirst().e()).isEqualTo(id("z"));
    for (Index index : Index.values()) {
      assertThat(list(DB.seekDatoms(index))).isEqualTo(list(DB.datoms(index)));
      assertThat(list(DB.seekDatomsReverse(index))).isEqualTo(list(DB.datoms(index)).reversed());
    }
    assertThat(names(DB.seekDatomsReverse(Index.AVET, ":p/age", 20))).startsWith("z", "y", "x");
    assertThat(names(DB.seekDatomsReverse(Index.AVET, ":p/age", 25))).startsWith("z", "y", "x");
  }

  @Row("Q-63")
  @Test
  void indexRange_ends_areInclusiveAndExclusive() {
    assertThat(names(DB.indexRange(":p/age", 10, 20))).containsExactly("x");
    assertThat(names(DB.indexRange(":p/age", null, 20))).containsExactly("x");
    assertThat(names(DB.indexRange(":p/age", 20, null))).containsExactly("y", "z", "w");
    assertThat(names(DB.indexRange(":p/age", null, null))).containsExactly("x", "y", "z", "w");
    assertThat(DB.indexRange(":p/age", 30, 10)).isEmpty();
    assertThat(DB.indexRange(":p/age", 20, 20)).isEmpty();
  }

  @Row({"Q-64", "RA-01"})
  @Test
  void iterables_walkedAgain_giveTheSame() {
    for (Iterable<?> walk :
        List.of(
            DB.datoms(Index.AVET, ":p/age"),
            DB.datoms(Index.EAVT, id("x"), ":p/age", 10, DB.basisT()),
            DB.seekDatoms(Index.EAVT),
            DB.seekDatomsReverse(Index.AEVT, ":p/age"),
            DB.indexRange(":p/age", 10, null),
            DB.history().datoms(Index.EAVT),
            DB.indexPull(Index.AVET, "[:p/name]", ":p/age"))) {
      assertThat(walk.iterator().next()).isEqualTo(walk.iterator().next());
      assertThat(list(walk)).isEqualTo(list(walk)).isNotEmpty();
    }
  }

  @Row({"Q-65", "J-04"})
  @Test
  void datom_parts_areThere() {
    Datom datom = DB.datoms(Index.EAVT, name("x"), ":p/age").iterator().next();
    assertThat(datom)
        .isEqualTo(
            new Datom(
                id("x"),
                DB.entid(":p/age").orElseThrow(),
                10L,
                Partition.tx(DB.basisT()),
                /* added= */ true));
    assertThat(datom.t()).isEqualTo(DB.basisT());
  }

  private static List<String> pulled(IndexPull request) {
    return list(DB.indexPull(request)).stream()
        .map(found -> found.string(":p/name").orElse("?"))
        .toList();
  }

  private static IndexPull along(Index index, Object... start) {
    return IndexPull.of(index, "[:p/name]", start);
  }

  @Row("Q-66")
  @Test
  void indexPull_avet_pullsTheHolders() {
    assertThat(pulled(along(Index.AVET, ":p/age"))).containsExactly("x", "y", "z", "w");
    assertThat(pulled(along(Index.AVET, ":p/age", 15))).containsExactly("y", "z", "w");
    assertThat(pulled(along(Index.AVET, ":p/age", 20, name("z")))).containsExactly("z", "w");
    assertThat(pulled(along(Index.AVET, ":p/age").reverse())).containsExactly("w", "z", "y", "x");
    assertThat(pulled(along(Index.AVET, ":p/age", 20).reverse())).containsExactly("z", "y", "x");
    assertThat(pulled(along(Index.AVET, ":p/age", 25).reverse())).containsExactly("z", "y", "x");
    assertThat(pulled(along(Index.AVET, ":p/age").reverse().offset(1).limit(2)))
        .containsExactly("z", "y");
    assertThat(pulled(along(Index.AVET, ":p/age").limit(0))).isEmpty();
    assertThat(pulled(along(Index.AVET, ":p/nick", "b"))).containsExactly("x", "z");
    assertThat(list(DB.indexPull(Index.AVET, "[:p/tag]", ":p/age"))).hasSize(4);
  }

  @Row("Q-66")
  @Test
  void indexPull_aevt_pullsWhatIsReferredTo() {
    assertThat(pulled(along(Index.AEVT, ":p/friend"))).containsExactly("x", "y");
    assertThat(pulled(along(Index.AEVT, ":p/friend", name("w")))).containsExactly("x", "y");
    assertThat(pulled(along(Index.AEVT, ":p/friend", name("w"), name("y")))).containsExactly("y");
    assertThat(pulled(along(Index.AEVT, ":p/friend", name("w")).reverse()))
        .containsExactly("y", "x");
    assertThat(pulled(along(Index.AEVT, ":p/friend", name("x")).reverse())).isEmpty();
  }

  @Row("Q-66")
  @Test
  void indexPull_mistakes_areSaid() {
    assertCode(DbError.INVALID_PULL, () -> pulled(along(Index.EAVT, name("x"))));
    assertCode(DbError.INVALID_PULL, () -> pulled(along(Index.AVET)));
    assertCode(DbError.INVALID_PULL, () -> pulled(along(Index.AVET, ":p/nick")));
    assertCode(DbError.INVALID_PULL, () -> pulled(along(Index.AEVT, ":p/boss")));
    assertCode(DbError.INVALID_PULL, () -> pulled(along(Index.AEVT, ":p/age")));
    assertCode(DbError.ATTRIBUTE_NOT_INDEXED, () -> pulled(along(Index.AVET, ":p/tag", "x")));
    assertCode(DbError.NOT_AN_ENTITY, () -> pulled(along(Index.AEVT, ":p/friend", name("no"))));
    assertCode(
        DbError.HISTORY_VIEW, () -> DB.history().indexPull(Index.AVET, "[:p/name]", ":p/age"));
  }

  @Row("Q-67")
  @Test
  void indexes_ofEveryView_areOfThatView() {
    Db later =
        DB.with(
                List.of(
                    Map.of(":db/id", id("x"), ":p/age", 40), Map.of(":p/name", "v", ":p/age", 5)))
            .dbAfter();
    long t = DB.basisT();
    assertThat(names(later.asOf(t).datoms(Index.AVET, ":p/age")))
        .containsExactly("x", "y", "z", "w");
    assertThat(list(later.since(t).indexRange(":p/age", null, null)))
        .extracting(Datom::v)
        .containsExactly(5L, 40L);
    assertThat(list(later.history().indexRange(":p/age", 0, 20)))
        .extracting(Datom::v, Datom::added)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(5L, true),
            org.assertj.core.groups.Tuple.tuple(10L, false),
            org.assertj.core.groups.Tuple.tuple(10L, true));
    assertThat(list(later.filter((_, d) -> !d.v().equals(20L)).indexRange(":p/age", 15, 35)))
        .extracting(Datom::v)
        .containsExactly(30L);
    assertThat(
            list(
                later
                    .asOf(t)
                    .indexPull(IndexPull.of(Index.AVET, "[:p/age]", ":p/age").reverse().limit(1))))
        .containsExactly(later.pull("[:p/age]", name("w")));
  }

  @Row({"Q-68", "J-03"})
  @Test
  void stats_count_everyWord() {
    Db later = DB.with(List.of(Map.of(":db/id", id("x"), ":p/age", 40))).dbAfter();
    DbStats stats = later.stats();
    assertThat(stats.attributes())
        .containsEntry(Keyword.of(":p/age"), 6L)
        .containsEntry(Keyword.of(":p/name"), 4L)
        .doesNotContainKey(Keyword.of(":p/tag"));
    assertThat(stats.datoms())
        .isEqualTo(list(later.history().datoms(Index.EAVT)).size())
        .isEqualTo(stats.attributes().values().stream().mapToLong(Long::longValue).sum());
    assertThat(later.asOf(0).stats()).isEqualTo(stats);
    assertThat(later.history().stats()).isEqualTo(stats);
  }

  @Row({"J-06", "S-53"})
  @Test
  void attribute_info_isThatOfTheSchema() {
    AttributeInfo age = DB.attribute(":p/age").orElseThrow();
    assertThat(age)
        .isEqualTo(
            new AttributeInfo(
                DB.entid(":p/age").orElseThrow(),
                Keyword.of(":p/age"),
                Keyword.of(":db.type/long"),
                Keyword.of(":db.cardinality/one"),
                Optional.empty(),
                /* isComponent= */ false,
                /* isIndexed= */ true,
                /* hasAvet= */ true,
                /* hasNoHistory= */ false,
                /* isEphemeral= */ false,
                Set.of(),
                Optional.empty()));
    assertThat(DB.attribute(age.id())).contains(age);
    AttributeInfo named = DB.attribute(Keyword.of(":p/name")).orElseThrow();
    assertThat(named.unique()).contains(Keyword.of(":db.unique/identity"));
    assertThat(named.isIndexed()).isFalse();
    assertThat(named.hasAvet()).isTrue();
    assertThat(DB.attribute(":p/nope")).isEmpty();
    assertThat(DB.attribute(id("x"))).isEmpty();
  }

  @Row({"J-06", "S-10", "S-14", "S-15"})
  @Test
  void attribute_info_namesPredicatesAndWhatTuplesAreMadeOf() {
    Functions.registerAttributePredicate("index.test/any?", _ -> true);
    Db db =
        DB.with(
                forms(
                    """
                    [{:db/ident :p/pair :db/valueType :db.type/tuple :db/cardinality :db.cardinality/one
                      :db/tupleTypes [:db.type/long :db.type/ref] :db.attr/preds index.test/any?}
                     {:db/ident :p/dots :db/valueType :db.type/tuple :db/cardinality :db.cardinality/many
                      :db/tupleType :db.type/double}
                     {:db/ident :p/age+name :db/valueType :db.type/tuple
                      :db/cardinality :db.cardinality/one :db/tupleAttrs [:p/age :p/name]}]"""))
            .dbAfter();
    AttributeInfo pair = db.attribute(":p/pair").orElseThrow();
    assertThat(pair.tuple())
        .contains(
            new AttributeInfo.Tuple.Heterogeneous(
                List.of(Keyword.of(":db.type/long"), Keyword.of(":db.type/ref"))));
    assertThat(pair.predicates()).containsExactly(Symbol.of("index.test/any?"));
    assertThat(db.attribute(":p/dots").orElseThrow().tuple())
        .contains(new AttributeInfo.Tuple.Homogeneous(Keyword.of(":db.type/double")));
    var members = List.of(Keyword.of(":p/age"), Keyword.of(":p/name"));
    assertThat(db.attribute(":p/age+name").orElseThrow().tuple())
        .contains(new AttributeInfo.Tuple.Composite(members, /* isDiscontinued= */ false));
    Db ended = db.with(forms("[{:db/id :p/age+name :db.tuple/discontinued true}]")).dbAfter();
    assertThat(ended.attribute(":p/age+name").orElseThrow().tuple())
        .contains(new AttributeInfo.Tuple.Composite(members, /* isDiscontinued= */ true));
  }

  private static List<?> forms(String edn) {
    return (List<?>) Objects.requireNonNull(Edn.read(edn));
  }

  @Row({"J-03", "S-74"})
  @Test
  void ids_andPartitions_areFound() {
    assertThat(DB.entid(":p/age")).hasValue(DB.attribute(":p/age").orElseThrow().id());
    assertThat(DB.entid(":nope")).isEmpty();
    assertThat(DB.entid(name("nobody"))).isEmpty();
    assertThat(DB.entid(7)).hasValue(7);
    assertThat(DB.ident(DB.entid(":p/age").orElseThrow())).contains(Keyword.of(":p/age"));
    assertThat(DB.ident(id("x"))).isEmpty();
    assertThat(DB.ident(":nope")).isEmpty();
    assertCode(DbError.LOOKUP_REF_ATTR_NOT_UNIQUE, () -> DB.entid(List.of(":p/age", 10)));

    assertThat(DB.entidAt(":db.part/user", 1000)).isEqualTo(Partition.entityId(4, 1000));
    assertThat(DB.entidAt(4, Partition.tx(1000))).isEqualTo(Partition.entityId(4, 1000));
    assertThat(DB.entidAt(":db.part/tx", 1000)).isEqualTo(Partition.tx(1000));
    assertThat(DB.entidAt(Partition.implicit(5), 1000)).isEqualTo(Partition.implicit(5) + 1000);
    assertThat(DB.entidAt(":db.part/user", Instant.parse("2100-01-01T00:00:00Z")))
        .isGreaterThan(id("w"));
    assertCode(DbError.NOT_A_PARTITION, () -> DB.entidAt(":p/age", 1000));
    assertCode(DbError.NOT_AN_ENTITY, () -> DB.entidAt(":db.part/usr", 1000));

    var isNew = new ArrayList<Long>();
    DB.seekDatoms(Index.EAVT, DB.entidAt(":db.part/user", DB.basisT()))
        .forEach(datom -> isNew.add(datom.e()));
    assertThat(isNew).containsOnly(id("x"), id("y"), id("z"), id("w"));
  }

  @Row("Q-67")
  @Test
  void recorded_walkThatStops_dependsOnWhatItSaw() {
    var oldest =
        DB.recorded(
            db -> list(db.indexPull(IndexPull.of(Index.AVET, "[:p/name]", ":p/age").limit(2))));
    assertThat(oldest.result()).hasSize(2);
    assertThat(oldest.reads().touchedBy(txData(Map.of(":p/name", "u", ":p/age", 15)))).isTrue();
    assertThat(oldest.reads().touchedBy(txData(Map.of(":p/name", "u", ":p/age", 25)))).isFalse();
    assertThat(oldest.reads().touchedBy(txData(Map.of(":p/name", "x", ":p/age", 35)))).isTrue();
    var newest =
        DB.recorded(
            db ->
                list(
                    db.indexPull(
                        IndexPull.of(Index.AVET, "[:p/name]", ":p/age").reverse().limit(2))));
    assertThat(newest.reads().touchedBy(txData(Map.of(":p/name", "u", ":p/age", 15)))).isFalse();
    assertThat(newest.reads().touchedBy(txData(Map.of(":p/name", "u", ":p/age", 25)))).isTrue();
    assertThat(newest.reads().touchedBy(txData(Map.of(":p/name", "z", ":p/age", 1)))).isTrue();
  }

  private static List<Datom> txData(Map<String, ?> form) {
    return DB.with(List.of(form)).txData();
  }
}
