/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The functions of Java that transactions, schemas and queries call by name, of this JVM.
///
/// A name is qualified, `app.money/transfer`, and has one function of each kind for as long as the
/// JVM lives: registering another under it is `:bits.error/function-name`, registering the same
/// once more changes nothing. A program registers its functions where it starts; a jar brings its
/// own through a [FunctionProvider]. A peer that meets a name it does not know refuses the
/// transaction with `:db.error/function-missing`: it never skips one.
///
/// Functions are pure: what they know are their arguments, and they may be called more than once
/// for one transaction, since a transaction that loses its place in the log is judged again. To
/// refuse, a function throws a [BitsException] with a code of its own; whatever else it throws is
/// reported as `:db.error/function-failed`. Thread-safe.
///
/// Arguments and values are what datoms hold: `Long` for integers and references, `Instant`,
/// `UUID`, [page.bits.edn.Keyword], and so on.
public final class Functions {
  /// What a name can be registered as.
  public sealed interface Kind {}

  /// A transaction function, called in a transaction as `[app.money/transfer from to 10]`.
  @FunctionalInterface
  public non-sealed interface TxFunction extends Kind {
    /// The forms that the call stands for; they may hold calls again. `before` is the value before
    /// the transaction: no function sees what another form of the transaction does.
    List<?> call(Db before, List<@Nullable Object> arguments);
  }

  /// A predicate on the values of an attribute, named in `:db.attr/preds`.
  @FunctionalInterface
  public non-sealed interface AttributePredicate extends Kind {
    /// Exactly true where the value may be asserted; anything else refuses it and is shown in the
    /// error.
    @Nullable Object test(Object value);
  }

  /// A predicate on a whole entity, named in the `:db.entity/preds` of a spec.
  @FunctionalInterface
  public non-sealed interface EntityPredicate extends Kind {
    /// Exactly true where the entity is as it should be after the transaction; anything else
    /// refuses the transaction and is shown in the error.
    @Nullable Object test(Db after, long entity);
  }

  /// A function or predicate of queries, called as `[(app.text/slug ?title) ?slug]` or
  /// `[(app.text/short? ?title)]`.
  @FunctionalInterface
  public non-sealed interface QueryFunction extends Kind {
    /// The result; a source among the arguments is a [Db]. As a predicate, null and false drop the
    /// row.
    @Nullable Object call(List<@Nullable Object> arguments);
  }

  /// An aggregate of queries, called as `(app.stats/mode ?x)` in `:find`.
  @FunctionalInterface
  public non-sealed interface Aggregate extends Kind {
    /// One value of the values of a group. `constants` are the other arguments, in their order.
    @Nullable Object of(List<Object> values, List<@Nullable Object> constants);
  }

  private record Name(Class<? extends Kind> kind, String name) {}

  private static final Map<Name, Kind> REGISTERED = new ConcurrentHashMap<>();
  private static final Object PROVIDERS_LOCK = new Object();
  private static volatile boolean areProvidersLoaded;

  private Functions() {}

  /// Registers a transaction function.
  public static void registerTx(String name, TxFunction function) {
    register(TxFunction.class, name, function);
  }

  /// Registers a predicate on the values of attributes.
  public static void registerAttributePredicate(String name, AttributePredicate predicate) {
    register(AttributePredicate.class, name, predicate);
  }

  /// Registers a predicate on entities.
  public static void registerEntityPredicate(String name, EntityPredicate predicate) {
    register(EntityPredicate.class, name, predicate);
  }

  /// Registers a function or predicate of queries.
  public static void registerQuery(String name, QueryFunction function) {
    register(QueryFunction.class, name, function);
  }

  /// Registers an aggregate of queries.
  public static void registerAggregate(String name, Aggregate aggregate) {
    register(Aggregate.class, name, aggregate);
  }

  private static <F extends Kind> void register(Class<F> kind, String name, F function) {
    Objects.requireNonNull(function);
    if (!isQualified(name)) {
      throw FunctionErrors.notQualified(name);
    }
    Kind other = REGISTERED.putIfAbsent(new Name(kind, name), function);
    if (other != null && !other.equals(function)) {
      throw FunctionErrors.alreadyRegistered(kind.getSimpleName(), name);
    }
  }

  private static boolean isQualified(String name) {
    int slash = name.indexOf('/');
    return slash > 0 && slash < name.length() - 1 && !name.startsWith(":");
  }

  /// The function of that kind and name, those of providers included.
  public static <F extends Kind> Optional<F> find(Class<F> kind, String name) {
    loadProviders();
    return Optional.ofNullable(kind.cast(REGISTERED.get(new Name(kind, name))));
  }

  /// The names of that kind, sorted.
  public static List<String> names(Class<? extends Kind> kind) {
    loadProviders();
    return REGISTERED.keySet().stream()
        .filter(name -> name.kind.equals(kind))
        .map(Name::name)
        .sorted()
        .toList();
  }

  private static void loadProviders() {
    if (areProvidersLoaded) {
      return;
    }
    synchronized (PROVIDERS_LOCK) {
      if (!areProvidersLoaded) {
        try {
          ServiceLoader.load(FunctionProvider.class, Functions.class.getClassLoader())
              .forEach(FunctionProvider::register);
        } catch (ServiceConfigurationError e) {
          throw FunctionErrors.badProvider(e);
        }
        areProvidersLoaded = true;
      }
    }
  }
}
