/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.DbError;
import page.bits.db.internal.given.Shown;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.NearNames;
import page.bits.db.internal.schema.Tuple;
import page.bits.db.internal.schema.ValueType;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// The sentences of refused transactions; those of names and values are in
/// [page.bits.db.internal.given.GivenErrors]. `form` is the index of the form in the transaction.
final class Refusals {
  private Refusals() {}

  static BitsException notAForm(int form, String expected, @Nullable Object found) {
    return new BitsException(
        DbError.INVALID_TX_DATA,
        "A form of a transaction is a map, or a vector that begins with the name of a function",
        at(form).and("expected", expected).and("found", Shown.typeOf(found)));
  }

  static BitsException notADefinition(int form, @Nullable Object found) {
    return new BitsException(
        DbError.INVALID_TX_DATA,
        "A schema is made of maps with :db/ident",
        at(form).and("expected", "a map with :db/ident").and("found", Shown.typeOf(found)));
  }

  static BitsException wrongArgumentCount(int form, String function, String expected, int found) {
    return new BitsException(
        DbError.INVALID_TX_DATA,
        "The function takes another number of arguments",
        at(form).and("function", function).and("expected", expected).and("found", found));
  }

  static BitsException functionMissing(
      int form, Class<?> kind, String name, Collection<String> known) {
    return new BitsException(
        DbError.FUNCTION_MISSING,
        "This peer has no function of that kind and name",
        at(form)
            .and("function", name)
            .and("kind", kind.getSimpleName())
            .and("near", NearNames.of(name, known))
            .and("remedy", "register it with page.bits.db.Functions, or mend the name"));
  }

  static BitsException functionFailed(int form, String name, Throwable problem) {
    return new BitsException(
        DbError.FUNCTION_FAILED,
        "A function threw what is no error of its caller",
        at(form)
            .and("function", name)
            .and("problem", problem.getClass().getName())
            .andPersonal("message", problem.getMessage()),
        problem);
  }

  static BitsException notForms(int form, String name, @Nullable Object found) {
    return new BitsException(
        DbError.INVALID_TX_DATA,
        "A transaction function returns a list of forms",
        at(form)
            .and("function", name)
            .and("expected", "a list of forms")
            .and("found", Shown.typeOf(found)));
  }

  static BitsException callsTooDeep(int form, String name, int depthMax) {
    return new BitsException(
        DbError.TOO_LARGE,
        "Transaction functions call each other without end",
        at(form).and("function", name).and("max", depthMax));
  }

  static BitsException unsupported(int form, String feature) {
    return new BitsException(
        DbError.UNSUPPORTED, "Transactions cannot do this yet", at(form).and("feature", feature));
  }

  static BitsException codeInDatabase(int form, String feature) {
    return new BitsException(
        DbError.UNSUPPORTED,
        "Functions are not stored in the database",
        at(form)
            .and("feature", feature)
            .and("remedy", "register a function of Java with page.bits.db.Functions"));
  }

  static BitsException tempidTooEarly(int form, @Nullable String tempid) {
    return new BitsException(
        DbError.NOT_AN_ENTITY,
        "A function sees only the value before the transaction, where a tempid names nothing",
        at(form).andPersonal("tempid", tempid));
  }

  static BitsException notAnEntityReference(int form, @Nullable Object found) {
    return new BitsException(
        DbError.INVALID_ENTITY_ID,
        "An entity is named by id, ident, lookup ref or tempid",
        at(form)
            .and("expected", "an id, ident, lookup ref or tempid")
            .and("found", Shown.typeOf(found)));
  }

  static BitsException notAllocated(int form, long id) {
    return new BitsException(
        DbError.INVALID_ENTITY_ID, "No entity has been given this id", at(form).and("entity", id));
  }

  static BitsException reservedTempid(int form, String tempid) {
    return new BitsException(
        DbError.INVALID_ENTITY_ID,
        "Tempids that begin with datomic are reserved",
        at(form).andPersonal("tempid", tempid).and("expected", Tempids.TX));
  }

  static BitsException tempidNotAnEntity(int form, @Nullable String tempid) {
    return new BitsException(
        DbError.TEMPID_NOT_AN_ENTITY,
        "The tempid is used, but no form asserts anything of it",
        at(form).andPersonal("tempid", tempid));
  }

  static BitsException notADirective(int form, Keyword directive, @Nullable Object found) {
    return new BitsException(
        DbError.INVALID_TX_DATA,
        "A directive for partitions is a map whose keys are tempids",
        at(form).and("directive", directive).and("found", Shown.typeOf(found)));
  }

  static BitsException notAPartition(int form, @Nullable Object found) {
    return new BitsException(
        DbError.NOT_A_PARTITION,
        "New entities go to an installed or implicit partition or that of users",
        at(form).and("found", Shown.brief(found)));
  }

  static BitsException twoPartitions(int form, @Nullable String tempid) {
    return new BitsException(
        DbError.INVALID_TX_DATA,
        "Two directives put one entity into two partitions",
        at(form).andPersonal("tempid", tempid));
  }

  static BitsException cycleInAffinity(int form, @Nullable String tempid) {
    return new BitsException(
        DbError.CYCLE_IN_AFFINITY,
        "Entities that match each other's partition say none",
        at(form).andPersonal("tempid", tempid));
  }

  static BitsException badPartition(int form, @Nullable Object found) {
    return new BitsException(
        DbError.INVALID_TX_DATA,
        "A partition is a new entity with :db/ident and :db.install/_partition :db.part/db, and stays",
        at(form).and("found", Shown.brief(found)));
  }

  static BitsException notAReference(int form, Attribute a) {
    return new BitsException(
        DbError.WRONG_TYPE_FOR_ATTRIBUTE,
        "Only a reference can be written from the other side",
        at(form)
            .and("attribute", a.ident())
            .and("expected", ValueType.REF.ident())
            .and("found", a.type().ident()));
  }

  static BitsException valueTooLarge(int form, Attribute a, String limit) {
    return new BitsException(
        DbError.TOO_LARGE,
        "The value is beyond the limit of its type",
        at(form).and("attribute", a.ident()).and("limit", limit));
  }

  static BitsException invalidTuple(int form, Attribute a, @Nullable Object found) {
    return new BitsException(
        DbError.INVALID_TUPLE_VALUE,
        "The value is not a tuple of the attribute",
        at(form)
            .and("attribute", a.ident())
            .and("expected", slots(a.tuple()))
            .andPersonal("found", found));
  }

  private static Object slots(Tuple tuple) {
    return switch (tuple) {
      case Tuple.Homogeneous homogeneous ->
          Tuple.SLOTS_MIN + " to " + Tuple.SLOTS_MAX + " of " + homogeneous.type().ident();
      case Tuple.Heterogeneous typed -> typed.types().stream().map(ValueType::ident).toList();
      case Tuple.Composite composite -> composite.types().stream().map(ValueType::ident).toList();
      case Tuple.None _ -> List.of();
    };
  }

  static BitsException notWhatItIsMadeOf(Claim claim, @Nullable Object made) {
    return new BitsException(
        DbError.INVALID_TUPLE_VALUE,
        "A composite tuple is what its attributes make it and is not written",
        at(claim.form())
            .and("attribute", claim.a().ident())
            .and("entity", claim.e())
            .andPersonal("found", claim.v())
            .andPersonal("expected", made));
  }

  static BitsException notNested(int form, Attribute a) {
    return new BitsException(
        DbError.INVALID_NESTED_ENTITY,
        "A nested map needs a component attribute above it, a unique attribute, or its own :db/id",
        at(form).and("attribute", a.ident()));
  }

  static BitsException casOfMany(int form, Attribute a) {
    return new BitsException(
        DbError.INVALID_CAS,
        "Only an attribute of cardinality one can be compared and set",
        at(form).and("attribute", a.ident()));
  }

  static BitsException casFailed(
      int form, long e, Attribute a, @Nullable Object expected, @Nullable Object found) {
    return new BitsException(
        DbError.CAS_FAILED,
        "The value is not the one expected",
        at(form)
            .and("entity", e)
            .and("attribute", a.ident())
            .andPersonal("expected", expected)
            .andPersonal("found", found));
  }

  static BitsException conflict(Claim one, Claim other) {
    return new BitsException(
        DbError.DATOMS_CONFLICT,
        "Two forms contradict each other",
        at(one.form())
            .and("other-form", other.form())
            .and("entity", one.e())
            .and("attribute", one.a().ident())
            .andPersonal("value", one.v())
            .andPersonal("other-value", other.v()));
  }

  static BitsException attributePredicate(Claim claim, String predicate, @Nullable Object answer) {
    return new BitsException(
        DbError.ATTR_PRED,
        "A predicate of the attribute does not say true of the value",
        at(claim.form())
            .and("entity", claim.e())
            .and("attribute", claim.a().ident())
            .and("predicate", predicate)
            .andPersonal("value", claim.v())
            .andPersonal("pred-return", answer));
  }

  static BitsException missingAttributes(Claim ensured, Object spec, List<Object> missing) {
    return new BitsException(
        DbError.ENTITY_ATTR,
        "The entity would lack attributes of the spec that it is to satisfy",
        at(ensured.form()).and("entity", ensured.e()).and("spec", spec).and("missing", missing));
  }

  static BitsException entityPredicate(
      Claim ensured, Object spec, String predicate, @Nullable Object answer) {
    return new BitsException(
        DbError.ENTITY_PRED,
        "A predicate of the spec does not say true of the entity after the transaction",
        at(ensured.form())
            .and("entity", ensured.e())
            .and("spec", spec)
            .and("predicate", predicate)
            .andPersonal("pred-return", answer));
  }

  static BitsException notASpec(Claim ensured, Object spec) {
    return new BitsException(
        DbError.NOT_A_SPEC,
        "A spec has :db.entity/attrs or :db.entity/preds before the transaction that ensures it",
        at(ensured.form()).and("entity", ensured.e()).and("spec", spec));
  }

  static BitsException twoHolders(Claim one, Claim other) {
    return new BitsException(
        DbError.DATOMS_CONFLICT,
        "Two forms give one unique value to two entities",
        at(one.form())
            .and("other-form", other.form())
            .and("attribute", one.a().ident())
            .and("entities", List.of(one.e(), other.e()))
            .andPersonal("value", one.v()));
  }

  static BitsException uniqueConflict(
      int form, Attribute a, Object value, long attempted, long holder) {
    return new BitsException(
        DbError.UNIQUE_CONFLICT,
        "A unique value belongs to one entity only",
        at(form)
            .and("attribute", a.ident())
            .and("attempted", attempted)
            .and("holder", holder)
            .andPersonal("value", value));
  }

  static BitsException tempidIsTwo(int form, @Nullable String tempid, long one, long other) {
    return new BitsException(
        DbError.UNIQUE_CONFLICT,
        "By its unique values a tempid is two entities",
        at(form).andPersonal("tempid", tempid).and("entities", List.of(one, other)));
  }

  static BitsException instantOutOfRange(
      DbError error, int form, Instant given, Instant last, Instant now) {
    return new BitsException(
        error,
        "A transaction's instant lies between that of the transaction before and now",
        at(form).and("found", given).and("from", last).and("to", now));
  }

  static BitsException resetInstant(int form, long e) {
    return new BitsException(
        DbError.RESET_TX_INSTANT,
        "The instant of another entity than the transaction cannot be set",
        at(form).and("entity", e));
  }

  static BitsException notWritable(int form, Attribute a, long e) {
    return new BitsException(
        DbError.INVALID_TX_DATA,
        "An attribute of Bits itself cannot be written on this entity",
        at(form).and("attribute", a.ident()).and("entity", e));
  }

  static BitsException bornEntity(int form, long e, @Nullable Keyword ident) {
    return new BitsException(
        DbError.INVALID_ALTER_ATTRIBUTE,
        "What every database is born with cannot be changed",
        at(form)
            .and("entity", ident == null ? e : ident)
            .and("reason", Keyword.of("unsupported-alter-schema")));
  }

  static BitsException reservedIdent(int form, Keyword ident) {
    return new BitsException(
        DbError.INVALID_TX_DATA,
        "The namespaces that begin with db or bits are reserved",
        at(form).and("ident", ident));
  }

  static BitsException incompleteAttribute(
      int form, @Nullable Keyword ident, Collection<Keyword> missing) {
    return new BitsException(
        DbError.INVALID_INSTALL_ATTRIBUTE,
        "An attribute needs an ident, a value type and a cardinality",
        at(form)
            .and("attribute", ident)
            .and("reason", Keyword.of("schema-attribute-missing"))
            .and("missing", List.copyOf(missing)));
  }

  static BitsException badTuple(
      int form, @Nullable Keyword ident, String reason, @Nullable Object found) {
    return new BitsException(
        DbError.INVALID_INSTALL_ATTRIBUTE,
        "An attribute of tuples says of exactly one kind what they are made of",
        at(form).and("attribute", ident).and("reason", Keyword.of(reason)).and("found", found));
  }

  static BitsException invalidInstall(
      int form, @Nullable Keyword ident, String reason, Keyword property, Set<Keyword> expected) {
    return new BitsException(
        DbError.INVALID_INSTALL_ATTRIBUTE,
        "A property of the attribute has a value that it cannot have",
        at(form)
            .and("attribute", ident)
            .and("reason", Keyword.of(reason))
            .and("property", property)
            .and("expected", expected.stream().sorted().toList()));
  }

  static BitsException notANewEntity(int form, long e, @Nullable Keyword ident) {
    return new BitsException(
        DbError.INVALID_INSTALL_ATTRIBUTE,
        "An attribute is installed as a new entity; this one exists and is none",
        at(form)
            .and("entity", ident == null ? e : ident)
            .and("reason", Keyword.of("not-in-system-partition")));
  }

  /// `datoms` are those that are in the way, if any are.
  static BitsException invalidAlter(
      int form, Attribute a, String reason, Keyword property, List<Datom> datoms) {
    ErrorData data =
        at(form)
            .and("attribute", a.ident())
            .and("reason", Keyword.of(reason))
            .and("property", property);
    return new BitsException(
        DbError.INVALID_ALTER_ATTRIBUTE,
        "The attribute cannot be altered in this way",
        datoms.isEmpty() ? data : data.andPersonal("datoms", datoms));
  }

  static BitsException tooManyElements(int form) {
    return new BitsException(
        DbError.TOO_LARGE,
        "The database has as many schema elements as it can",
        at(form).and("limit", 1 << 20));
  }

  static BitsException tooManyChanges(int form, long changesMax) {
    return new BitsException(
        DbError.TOO_LARGE,
        "The transaction is too large",
        at(form).and("max", changesMax).and("remedy", "split it"));
  }

  /// The place of an error in a transaction; none for what no form said.
  static ErrorData at(int form) {
    return form < 0 ? ErrorData.none() : ErrorData.of("form", form);
  }
}
