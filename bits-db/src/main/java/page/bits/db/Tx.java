/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.shape.RecordForm;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// A transaction to submit: its forms, and how. Immutable.
///
/// An id makes the transaction happen once for ever: submitted again with the same id and forms, on
/// any node and after any crash, it answers with the first commit; with other forms,
/// `:bits.error/tx-id-reused`. A refusal leaves no trace, so it is judged again.
public final class Tx {
  /// The tempid of the transaction itself.
  public static final String CURRENT = "datomic.tx";

  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Keyword ADD = Keyword.of("db", "add");
  private static final Keyword RETRACT = Keyword.of("db", "retract");
  private static final Keyword RETRACT_ENTITY = Keyword.of("db", "retractEntity");
  private static final Keyword CAS = Keyword.of("db", "cas");
  private static final Keyword ENSURE = Keyword.of("db", "ensure");
  private static final Keyword DB_ID = Keyword.of("db", "id");

  private final List<?> forms;
  private final @Nullable UUID id;
  private final Duration deadline;

  private Tx(List<?> forms, @Nullable UUID id, Duration deadline) {
    this.forms = forms;
    this.id = id;
    this.deadline = deadline;
  }

  /// A builder, confined to one thread.
  public static Builder builder() {
    return new Builder();
  }

  /// A lookup ref: the entity that holds the value of a unique attribute.
  public static List<Object> lookup(String attribute, Object value) {
    return List.of(attribute, value);
  }

  /// A transaction of these forms: lists such as `[:db/add e a v]`, maps, and records with [Attr].
  public static Tx of(List<?> forms) {
    if (forms == null) { // callers need not run the checker
      throw TxErrors.notAList(null);
    }
    return new Tx(FormCopy.of(forms), null, DEADLINE);
  }

  /// A transaction from EDN text: one vector of forms.
  public static Tx of(String edn) {
    Object value = Edn.read(edn);
    if (value instanceof List<?> forms) {
      return of(forms);
    }
    throw TxErrors.notAList(value);
  }

  /// This transaction with an id that makes it happen once for ever.
  public Tx id(UUID id) {
    return new Tx(forms, Objects.requireNonNull(id), deadline);
  }

  /// This transaction with another deadline, from submission; 10 s unless given.
  public Tx deadline(Duration deadline) {
    return new Tx(forms, id, Objects.requireNonNull(deadline));
  }

  public List<?> forms() {
    return forms;
  }

  public Optional<UUID> id() {
    return Optional.ofNullable(id);
  }

  public Duration deadline() {
    return deadline;
  }

  /// Gathers the forms of a transaction, whose order means nothing.
  ///
  /// An *entity* is an entity id, an ident, a lookup ref ([#lookup]), a tempid (any other text), or
  /// [#CURRENT]; idents and attributes are keywords or text with a colon. Whether names and values
  /// are right is judged when the transaction is.
  ///
  /// ```java
  /// Tx tx =
  ///     Tx.builder()
  ///         .put("ann", ":user/name", "Ann", ":user/email", "ann@example.org")
  ///         .add(Tx.lookup(":user/email", "bob@example.org"), ":user/friend", "ann")
  ///         .add(Tx.CURRENT, ":db/doc", "Ann came in")
  ///         .build();
  /// ```
  public static final class Builder {
    private final List<Object> forms = new ArrayList<>();

    private Builder() {}

    /// Asserts a value.
    public Builder add(Object entity, Object attribute, Object value) {
      return form(List.of(ADD, entity, attribute, value));
    }

    /// Retracts a value.
    public Builder retract(Object entity, Object attribute, Object value) {
      return form(List.of(RETRACT, entity, attribute, value));
    }

    /// Retracts all values of an attribute.
    public Builder retract(Object entity, Object attribute) {
      return form(List.of(RETRACT, entity, attribute));
    }

    /// Retracts an entity, its components, and all references to them.
    public Builder retractEntity(Object entity) {
      return form(List.of(RETRACT_ENTITY, entity));
    }

    /// Replaces a value if it is the expected one; null expects none.
    public Builder cas(
        Object entity, Object attribute, @Nullable Object expected, Object replacement) {
      return form(Arrays.asList(CAS, entity, attribute, expected, replacement));
    }

    /// Asserts several attributes of an entity, given in turn with their values. A collection gives
    /// each of its elements to an attribute of cardinality many. `:db.error/invalid-tx-data` when
    /// one has no value.
    public Builder put(Object entity, Object... attributesAndValues) {
      if (attributesAndValues.length % 2 != 0) {
        throw TxErrors.attributeWithoutValue(attributesAndValues.length);
      }
      var map = new LinkedHashMap<Object, Object>();
      map.put(DB_ID, entity);
      for (int i = 0; i < attributesAndValues.length; i += 2) {
        if (map.put(attributesAndValues[i], attributesAndValues[i + 1]) != null) {
          throw TxErrors.attributeTwice(attributesAndValues[i]);
        }
      }
      return form(map);
    }

    /// Asserts what a record says of an entity by its [Attr] components. A null component or an
    /// empty optional says nothing; without `:db/id` it is an entity of its own, or the one that
    /// holds the value of a unique identity. `:db.error/result-shape` when a component names no
    /// attribute.
    ///
    /// ```java
    /// record User(
    ///     @Attr(":user/email") String email,
    ///     @Attr(":user/name") Optional<String> name,
    ///     @Attr(value = ":user/status", idents = "status") Status status,
    ///     @Attr(":user/friend") List<?> friends) {}
    ///
    /// Tx tx =
    ///     Tx.builder()
    ///         .put(new User("eve@example.org", Optional.of("Eve"), Status.ON_LEAVE, List.of("ann")))
    ///         .put("ann", ":user/email", "ann@example.org")
    ///         .build();
    /// ```
    public Builder put(Record entity) {
      return form(RecordForm.of(entity));
    }

    /// Calls a registered transaction function ([Functions]).
    public Builder call(String function, Object... arguments) {
      var form = new ArrayList<Object>();
      form.add(Symbol.of(function));
      form.addAll(Arrays.asList(arguments));
      return form(form);
    }

    /// Asks that an entity satisfy a spec after the transaction.
    public Builder ensure(Object entity, Object spec) {
      return add(entity, ENSURE, spec);
    }

    /// Any other form, as EDN value.
    public Builder form(Object form) {
      forms.add(form);
      return this;
    }

    /// The transaction of all forms so far.
    public Tx build() {
      return of(forms);
    }
  }
}
