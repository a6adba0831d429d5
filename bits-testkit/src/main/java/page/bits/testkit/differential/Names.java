/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.Partition;
import page.bits.edn.EdnList;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;
import page.bits.edn.Tagged;
import page.bits.testkit.differential.Contender.Committed;

/// The names that a program has for what one database numbered: entities by the tempid and the
/// transaction that made them, transactions by their place.
final class Names {
  private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");
  static final long TX_INSTANT_ID = 50;
  private static final Keyword TX_INSTANT = Keyword.of("db/txInstant");

  private final Map<Long, Tagged> byId = new HashMap<>();
  private final Map<String, Long> byTempid = new HashMap<>();
  private final List<Long> ts = new ArrayList<>();
  private final List<Instant> instants = new ArrayList<>();
  private Instant next = FIRST;

  Names copy() {
    var copy = new Names();
    copy.byId.putAll(byId);
    copy.byTempid.putAll(byTempid);
    copy.ts.addAll(ts);
    copy.instants.addAll(instants);
    copy.next = next;
    return copy;
  }

  /// The name of an entity or transaction, if it has one.
  Optional<Tagged> name(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// The place of the transaction with that t; -1 for what was before the first.
  long transactionOf(long t) {
    return ts.indexOf(t);
  }

  /// A form that gives a transaction its instant, when it has none of its own. `at` is an instant,
  /// or `:now` for the contender's clock.
  Optional<Object> instantFor(List<?> forms, @Nullable Object at) {
    boolean isOwn = forms.stream().anyMatch(form -> String.valueOf(form).contains(":db/txInstant"));
    if (isOwn || Keyword.of("now").equals(at)) {
      return Optional.empty();
    }
    Instant instant = at instanceof Instant given ? given : next;
    next = instant.plusSeconds(1);
    return Optional.of(List.of(Keyword.of("db/add"), "datomic.tx", TX_INSTANT, instant));
  }

  /// Counts a transaction that may not happen; until it does, its place is that of the one before.
  void attempt() {
    ts.add(ts.isEmpty() ? 0 : ts.getLast());
    instants.add(instants.isEmpty() ? Instant.EPOCH : instants.getLast());
  }

  /// Names what the transaction made: by the tempids that the caller gave it, the rest by what is
  /// said of them.
  void commit(Committed committed, Function<Datom, List<Object>> plain) {
    Datom instant =
        committed.datoms().stream()
            .filter(datom -> datom.a() == TX_INSTANT_ID && datom.e() == datom.tx())
            .findFirst()
            .orElseThrow();
    int n = ts.size() - 1;
    ts.set(n, Partition.counter(instant.tx()));
    instants.set(n, (Instant) instant.v());
    byId.put(instant.tx(), tagged("tx", (long) n));
    for (var tempid : new TreeMap<>(committed.tempids()).entrySet()) {
      byTempid.put(tempid.getKey(), tempid.getValue());
      byId.putIfAbsent(tempid.getValue(), tagged("e", tempid.getKey() + "@" + n));
    }
    int unnamed = 0;
    for (long id : unnamed(committed.datoms(), plain)) {
      byId.put(id, tagged("e", "?" + unnamed++ + "@" + n));
    }
  }

  /// In the order of what is said of each, which is the same on every database but for ties; what
  /// is said of those that they refer to counts too, a few steps deep.
  private List<Long> unnamed(List<Datom> datoms, Function<Datom, List<Object>> plain) {
    Set<Long> ids = new LinkedHashSet<>();
    for (Datom datom : datoms) {
      ids.add(datom.e());
      if (datom.v() instanceof Long v) {
        ids.add(v);
      }
    }
    ids.removeIf(id -> Partition.of(id) < Partition.USER || byId.containsKey(id));
    Map<Long, String> said = Map.of();
    for (int depth = 0; depth < 4; depth++) {
      Map<Long, String> before = said;
      said = new HashMap<>();
      for (long id : ids) {
        said.put(id, said(id, datoms, plain, before));
      }
    }
    return ids.stream().sorted(java.util.Comparator.comparing(said::get)).toList();
  }

  private String said(
      long id, List<Datom> datoms, Function<Datom, List<Object>> plain, Map<Long, String> before) {
    var all = new TreeSet<String>();
    for (Datom datom : datoms) {
      if (datom.e() == id) {
        all.add("e" + plain.apply(datom) + before.getOrDefault(datom.v(), ""));
      } else if (Objects.equals(datom.v(), id)) {
        String from = byId.containsKey(datom.e()) ? String.valueOf(byId.get(datom.e())) : "";
        all.add("v" + plain.apply(datom) + from + before.getOrDefault(datom.e(), ""));
      }
    }
    return Integer.toHexString(all.hashCode()) + (before.isEmpty() ? all : "");
  }

  private static Tagged tagged(String tag, Object value) {
    return new Tagged(Symbol.of(tag), value);
  }

  /// The form with the contender's numbers in the place of names; `other` resolves other tags.
  @Nullable Object resolve(
      @Nullable Object form, BiFunction<Symbol, Object, @Nullable Object> other) {
    return switch (form) {
      case Tagged(Symbol tag, Object value) -> number(tag, Objects.requireNonNull(value), other);
      case EdnList list -> EdnList.of(list.stream().map(each -> resolve(each, other)).toArray());
      case List<?> list -> {
        var resolved = new ArrayList<@Nullable Object>();
        list.forEach(each -> resolved.add(resolve(each, other)));
        yield java.util.Collections.unmodifiableList(resolved);
      }
      case Set<?> set -> {
        var resolved = new LinkedHashSet<@Nullable Object>();
        set.forEach(each -> resolved.add(resolve(each, other)));
        yield resolved;
      }
      case Map<?, ?> map -> {
        var resolved = new LinkedHashMap<@Nullable Object, @Nullable Object>();
        map.forEach((key, value) -> resolved.put(resolve(key, other), resolve(value, other)));
        yield resolved;
      }
      case null, default -> form;
    };
  }

  private @Nullable Object number(
      Symbol tag, Object value, BiFunction<Symbol, Object, @Nullable Object> other) {
    return switch (tag.name()) {
      case "e" ->
          Objects.requireNonNull(
              byTempid.get((String) value), () -> "no entity was made as " + value);
      case "t" -> ts.get(place(value));
      case "tx" -> Partition.tx(ts.get(place(value)));
      case "at" -> instants.get(place(value));
      default -> other.apply(tag, value);
    };
  }

  private static int place(Object value) {
    return Math.toIntExact((Long) value);
  }
}
