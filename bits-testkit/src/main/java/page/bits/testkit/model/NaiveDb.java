/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import page.bits.db.AttributeInfo;
import page.bits.db.Datom;
import page.bits.db.Index;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;

/// A database value that is a list of every word ever said, and a view of it. Immutable.
///
/// `schema` has what tests need to know of each attribute: it is today's, for every view.
public record NaiveDb(
    List<Datom> words,
    Map<Long, AttributeInfo> schema,
    long asOfT,
    long sinceT,
    boolean isHistory,
    List<Predicate<Datom>> filters) {

  public static NaiveDb of(List<Datom> words, Map<Long, AttributeInfo> schema) {
    return new NaiveDb(List.copyOf(words), schema, Long.MAX_VALUE, -1, false, List.of());
  }

  public NaiveDb asOf(long t) {
    return new NaiveDb(words, schema, t, sinceT, isHistory, filters);
  }

  /// As it was right after t: unlike a view as of t, with what was ephemeral then.
  public NaiveDb until(long t) {
    return NaiveDb.of(words.stream().filter(word -> word.t() <= t).toList(), schema);
  }

  public NaiveDb since(long t) {
    return new NaiveDb(words, schema, asOfT, t, isHistory, filters);
  }

  public NaiveDb history() {
    return new NaiveDb(words, schema, asOfT, sinceT, true, filters);
  }

  public NaiveDb filter(Predicate<Datom> keep) {
    var more = new ArrayList<>(filters);
    more.add(keep);
    return new NaiveDb(words, schema, asOfT, sinceT, isHistory, more);
  }

  public NaiveDb with(List<Datom> txData) {
    var more = new ArrayList<>(words);
    more.addAll(txData);
    return new NaiveDb(more, schema, asOfT, sinceT, isHistory, filters);
  }

  /// What the view shows: the words of its time that every filter keeps; without history, of each
  /// fact the newest, if it asserts it. Ephemeral facts have no past: only a value of a moment
  /// shows them, and a filter sees those that hold.
  public List<Datom> datoms() {
    List<Datom> seen =
        words.stream()
            .filter(word -> !isEphemeral(word) && word.t() <= asOfT && word.t() > sinceT)
            .filter(this::isKept)
            .toList();
    if (isHistory) {
      return seen;
    }
    var now = new ArrayList<>(holding(seen));
    if (asOfT == Long.MAX_VALUE && sinceT < 0) {
      now.addAll(
          holding(words.stream().filter(this::isEphemeral).toList()).stream()
              .filter(this::isKept)
              .toList());
    }
    return now;
  }

  private boolean isKept(Datom datom) {
    return filters.stream().allMatch(keep -> keep.test(datom));
  }

  private boolean isEphemeral(Datom datom) {
    return attribute(datom.a()).isEphemeral();
  }

  private static List<Datom> holding(List<Datom> seen) {
    var newest = new LinkedHashMap<List<Object>, Datom>();
    for (Datom word : seen) {
      newest.merge(List.of(word.e(), word.a(), word.v()), word, (x, y) -> x.t() > y.t() ? x : y);
    }
    return newest.values().stream().filter(Datom::added).toList();
  }

  /// What an index holds of it, in order.
  public List<Datom> datoms(Index index) {
    return datoms().stream().filter(datom -> covers(index, datom)).sorted(order(index)).toList();
  }

  private boolean covers(Index index, Datom datom) {
    AttributeInfo attribute = attribute(datom.a());
    return switch (index) {
      case EAVT, AEVT -> true;
      case AVET -> attribute.hasAvet();
      case VAET -> isRef(attribute);
    };
  }

  AttributeInfo attribute(long a) {
    return java.util.Objects.requireNonNull(schema.get(a));
  }

  static boolean isRef(AttributeInfo attribute) {
    return attribute.valueType().equals(Keyword.of("db.type", "ref"));
  }

  private static Comparator<Datom> order(Index index) {
    return (x, y) -> {
      int order = compare(components(index, x), components(index, y));
      return order != 0 ? order : Long.compare(y.t(), x.t());
    };
  }

  /// Compares as many components as the shorter has.
  private static int compare(List<Object> x, List<Object> y) {
    for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
      int order = Edn.order().compare(x.get(i), y.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static List<Object> components(Index index, Datom datom) {
    return switch (index) {
      case EAVT -> List.of(datom.e(), datom.a(), datom.v());
      case AEVT -> List.of(datom.a(), datom.e(), datom.v());
      case AVET -> List.of(datom.a(), datom.v(), datom.e());
      case VAET -> List.of(datom.v(), datom.a(), datom.e());
    };
  }

  /// The datoms that begin with these components.
  public List<Datom> datoms(Index index, List<Object> prefix) {
    return where(index, prefix, order -> order == 0);
  }

  /// The datoms from there to the end.
  public List<Datom> seek(Index index, List<Object> prefix) {
    return where(index, prefix, order -> order >= 0);
  }

  /// The datoms from there back to the begin.
  public List<Datom> seekReverse(Index index, List<Object> prefix) {
    return where(index, prefix, order -> order <= 0).reversed();
  }

  private List<Datom> where(Index index, List<Object> prefix, Predicate<Integer> wanted) {
    return datoms(index).stream()
        .filter(datom -> wanted.test(compare(components(index, datom), prefix)))
        .toList();
  }

  /// The datoms of an attribute of an entity, in the order of EAVT.
  List<Datom> values(long e, long a) {
    return datoms(Index.EAVT, List.of(e, a));
  }
}
