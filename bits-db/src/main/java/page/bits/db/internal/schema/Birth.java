/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.schema;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import page.bits.db.Datom;
import page.bits.db.Partition;
import page.bits.edn.Keyword;

/// The datoms that every database is born with, at t 0.
///
/// They are part of the format: a number never changes its meaning, and a test pins them all. Names
/// of what is not built yet stand here too, so that they are reserved; using them is refused by
/// name.
public final class Birth {
  /// The t of the birth record.
  public static final long T = 0;

  private static final long TX = Partition.tx(T);
  private static final List<Datom> DATOMS = List.copyOf(new Birth().build());
  private static final Schema SCHEMA = Schema.empty().with(DATOMS);

  private final List<Datom> datoms = new ArrayList<>();

  private Birth() {}

  /// All of them, the instant of the birth first, then by entity and attribute; at the newest
  /// format level.
  public static List<Datom> datoms() {
    return DATOMS;
  }

  /// All of them in a database that was born at this format level.
  public static List<Datom> datoms(int level) {
    return DATOMS.stream()
        .map(
            datom ->
                datom.a() == Ids.BITS_FORMAT
                    ? new Datom(datom.e(), datom.a(), (long) level, TX, /* added= */ true)
                    : datom)
        .toList();
  }

  /// The schema they make.
  public static Schema schema() {
    return SCHEMA;
  }

  /// Whether the entity was born with the database: nobody can change it.
  public static boolean isBorn(long entityId) {
    return entityId < Ids.FIRST_ELEMENT || entityId == TX;
  }

  private List<Datom> build() {
    partitionsAndForms();
    installation();
    types();
    attributeProperties();
    unbuiltAttributes();
    ours();
    datoms.sort(Comparator.comparingLong(Datom::e).thenComparingLong(Datom::a));
    datoms.addFirst(new Datom(TX, Ids.TX_INSTANT, Instant.EPOCH, TX, /* added= */ true));
    return datoms;
  }

  private void partitionsAndForms() {
    name(Ids.PART_DB, ":db.part/db", "The partition of schema elements.");
    name(Ids.ADD, ":db/add", "Form that asserts a fact.");
    name(Ids.RETRACT, ":db/retract", "Form that retracts a fact, or all of an attribute.");
    name(Ids.PART_TX, ":db.part/tx", "The partition of transactions.");
    name(Ids.PART_USER, ":db.part/user", "The partition of ordinary entities.");
    name(
        Ids.RETRACT_ENTITY,
        ":db/retractEntity",
        "Function that retracts an entity, its components, and all references to it.");
    name(Ids.CAS, ":db/cas", "Function that replaces a value if it is the one expected.");
  }

  private void installation() {
    many(Ids.INSTALL_PARTITION, ":db.install/partition", Ids.TYPE_REF, "Installs a partition.");
    many(Ids.INSTALL_VALUE_TYPE, ":db.install/valueType", Ids.TYPE_REF, "Installs a value type.");
    many(
        Ids.INSTALL_ATTRIBUTE,
        ":db.install/attribute",
        Ids.TYPE_REF,
        "Older form that marks an attribute to install; not needed.");
    many(Ids.INSTALL_FUNCTION, ":db.install/function", Ids.TYPE_REF, "Installs a function.");
    many(
        Ids.ALTER_ATTRIBUTE,
        ":db.alter/attribute",
        Ids.TYPE_REF,
        "Older form that marks an attribute to alter; not needed.");
  }

  private void types() {
    name(Ids.TYPE_REF, ":db.type/ref", "References to entities.");
    name(Ids.TYPE_KEYWORD, ":db.type/keyword", "Keywords.");
    name(Ids.TYPE_LONG, ":db.type/long", "Integers of 64 bits.");
    name(Ids.TYPE_STRING, ":db.type/string", "Text.");
    name(Ids.TYPE_BOOLEAN, ":db.type/boolean", "True and false.");
    name(Ids.TYPE_INSTANT, ":db.type/instant", "Points in time, to the millisecond.");
    name(Ids.TYPE_FN, ":db.type/fn", "Functions.");
    name(Ids.TYPE_BYTES, ":db.type/bytes", "Runs of bytes; never unique.");
    name(Ids.TYPE_UUID, ":db.type/uuid", "UUIDs.");
    name(Ids.TYPE_DOUBLE, ":db.type/double", "Floating-point numbers of 64 bits.");
    name(Ids.TYPE_FLOAT, ":db.type/float", "Floating-point numbers of 32 bits.");
    name(Ids.TYPE_URI, ":db.type/uri", "URIs.");
    name(Ids.TYPE_BIGINT, ":db.type/bigint", "Integers of up to 8192 bits.");
    name(Ids.TYPE_BIGDEC, ":db.type/bigdec", "Decimal numbers of up to 1024 digits.");
    name(Ids.TYPE_TUPLE, ":db.type/tuple", "Tuples of values.");
    name(Ids.TYPE_SYMBOL, ":db.type/symbol", "Symbols.");
  }

  private void attributeProperties() {
    one(Ids.IDENT, ":db/ident", Ids.TYPE_KEYWORD, "The name of an entity.");
    add(Ids.IDENT, Ids.UNIQUE, Ids.UNIQUE_IDENTITY);
    one(Ids.VALUE_TYPE, ":db/valueType", Ids.TYPE_REF, "The type of an attribute's values.");
    one(Ids.CARDINALITY, ":db/cardinality", Ids.TYPE_REF, "How many values one entity can have.");
    one(Ids.UNIQUE, ":db/unique", Ids.TYPE_REF, "Whether a value belongs to one entity only.");
    one(
        Ids.IS_COMPONENT,
        ":db/isComponent",
        Ids.TYPE_BOOLEAN,
        "Whether what an attribute refers to is a part of the entity.");
    one(Ids.INDEX, ":db/index", Ids.TYPE_BOOLEAN, "Whether an attribute is indexed by value.");
    one(
        Ids.NO_HISTORY,
        ":db/noHistory",
        Ids.TYPE_BOOLEAN,
        "Whether former values need not be kept.");
    one(Ids.TX_INSTANT, ":db/txInstant", Ids.TYPE_INSTANT, "When a transaction was committed.");
    add(Ids.TX_INSTANT, Ids.INDEX, true);
    one(Ids.DOC, ":db/doc", Ids.TYPE_STRING, "What an entity is for.");
    name(Ids.CARDINALITY_ONE, ":db.cardinality/one", "At most one value for each entity.");
    name(Ids.CARDINALITY_MANY, ":db.cardinality/many", "A set of values for each entity.");
    name(Ids.UNIQUE_VALUE, ":db.unique/value", "A value held by another entity is refused.");
    name(
        Ids.UNIQUE_IDENTITY,
        ":db.unique/identity",
        "A new entity that asserts a value held by another is that other.");
  }

  private void unbuiltAttributes() {
    one(Ids.EXCISE, ":db/excise", Ids.TYPE_REF, "The entity to excise.");
    many(Ids.EXCISE_ATTRS, ":db.excise/attrs", Ids.TYPE_REF, "Limits excision to attributes.");
    one(Ids.EXCISE_BEFORE_T, ":db.excise/beforeT", Ids.TYPE_LONG, "Limits excision to before t.");
    one(
        Ids.EXCISE_BEFORE,
        ":db.excise/before",
        Ids.TYPE_INSTANT,
        "Limits excision to before an instant.");
    one(Ids.LANG, ":db/lang", Ids.TYPE_REF, "The language of a function.");
    one(Ids.CODE, ":db/code", Ids.TYPE_STRING, "The source of a function.");
    name(Ids.LANG_CLOJURE, ":db.lang/clojure", "Functions written in Clojure.");
    name(Ids.LANG_JAVA, ":db.lang/java", "Functions written in Java.");
    one(Ids.FULLTEXT, ":db/fulltext", Ids.TYPE_BOOLEAN, "Whether text is indexed by word.");
    one(Ids.FN, ":db/fn", Ids.TYPE_FN, "The function of an entity.");
    one(Ids.TUPLE_TYPE, ":db/tupleType", Ids.TYPE_KEYWORD, "The type of all slots of a tuple.");
    one(Ids.TUPLE_TYPES, ":db/tupleTypes", Ids.TYPE_TUPLE, "The types of the slots of a tuple.");
    one(Ids.TUPLE_ATTRS, ":db/tupleAttrs", Ids.TYPE_TUPLE, "The attributes a tuple is made of.");
    add(Ids.TUPLE_TYPES, Ids.TUPLE_TYPE, ValueType.KEYWORD.ident());
    add(Ids.TUPLE_ATTRS, Ids.TUPLE_TYPE, ValueType.KEYWORD.ident());
    many(Ids.ENSURE, ":db/ensure", Ids.TYPE_REF, "The specs that an entity must satisfy.");
    many(Ids.ENTITY_ATTRS, ":db.entity/attrs", Ids.TYPE_KEYWORD, "What an entity must have.");
    many(Ids.ENTITY_PREDS, ":db.entity/preds", Ids.TYPE_SYMBOL, "Predicates on an entity.");
    many(Ids.ATTR_PREDS, ":db.attr/preds", Ids.TYPE_SYMBOL, "Predicates on values.");
    one(
        Ids.TUPLE_DISCONTINUED,
        ":db.tuple/discontinued",
        Ids.TYPE_BOOLEAN,
        "Whether a composite tuple is no longer made.");
  }

  private void ours() {
    one(
        Ids.BITS_TX_ID,
        ":bits.tx/id",
        Ids.TYPE_UUID,
        "The id under which a transaction was submitted and happens once for ever.");
    add(Ids.BITS_TX_ID, Ids.UNIQUE, Ids.UNIQUE_IDENTITY);
    one(
        Ids.BITS_TX_FORM_DIGEST,
        ":bits.tx/form-digest",
        Ids.TYPE_BYTES,
        "SHA-256 of the form submitted under the transaction's id.");
    one(Ids.BITS_FORMAT, ":bits/format", Ids.TYPE_LONG, "The format level of a database.");
    name(Ids.BITS_DATABASE, ":bits/database", "The database itself.");
    add(Ids.BITS_DATABASE, Ids.BITS_FORMAT, (long) Levels.NEWEST);
    sessions();
  }

  private void sessions() {
    one(
        Ids.EPHEMERAL,
        ":db/ephemeral",
        Ids.TYPE_BOOLEAN,
        "Whether an attribute's facts end with the session they stand on.");
    one(
        Ids.SESSION,
        ":bits/session",
        Ids.TYPE_REF,
        "The open session on which an entity's ephemeral facts stand.");
    add(Ids.SESSION, Ids.EPHEMERAL, true);
    one(Ids.SESSION_ID, ":bits.session/id", Ids.TYPE_UUID, "The id of a session.");
    add(Ids.SESSION_ID, Ids.UNIQUE, Ids.UNIQUE_IDENTITY);
    one(
        Ids.SESSION_PEER,
        ":bits.session/peer",
        Ids.TYPE_UUID,
        "The process that opened a session.");
    one(Ids.SESSION_OPEN, ":bits.session/open", Ids.TYPE_BOOLEAN, "True until a session is ended.");
    add(Ids.SESSION_OPEN, Ids.INDEX, true);
    name(
        Ids.END_SESSION,
        ":bits/end-session",
        "Function that ends a session and all ephemeral facts that stand on it.");
  }

  private void one(long id, String ident, long type, String doc) {
    attribute(id, ident, type, Ids.CARDINALITY_ONE, doc);
  }

  private void many(long id, String ident, long type, String doc) {
    attribute(id, ident, type, Ids.CARDINALITY_MANY, doc);
  }

  private void attribute(long id, String ident, long type, long cardinality, String doc) {
    name(id, ident, doc);
    add(id, Ids.VALUE_TYPE, type);
    add(id, Ids.CARDINALITY, cardinality);
  }

  private void name(long id, String ident, String doc) {
    add(id, Ids.IDENT, Keyword.of(ident));
    add(id, Ids.DOC, doc);
  }

  private void add(long e, long a, Object v) {
    datoms.add(new Datom(e, a, v, TX, /* added= */ true));
  }
}
