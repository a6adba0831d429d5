/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.index.Recording;
import page.bits.db.internal.query.algebra.Aggregate;
import page.bits.db.internal.query.algebra.DataSource;
import page.bits.db.internal.query.algebra.Find;
import page.bits.db.internal.query.algebra.Nil;
import page.bits.db.internal.query.algebra.Query;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.query.relation.Relation;

/// Shapes what is left of a query: aggregates, pulls, and the form that `:find` asks for.
///
/// A relation is a set of rows; with `:with` or a pull it is a list, since equal rows may then
/// stand for different things.
final class FindResult {
  /// Pulls a pattern of an entity.
  interface Puller {
    Object pull(Find.Element.Pull element, Object entity);
  }

  private final Query query;
  private final Map<String, DataSource> sources;
  private final Puller puller;

  FindResult(Query query, Map<String, DataSource> sources, Puller puller) {
    this.sources = sources;
    this.query = query;
    this.puller = puller;
  }

  /// The variables that the result is made of: rows that differ only in others are one.
  static List<Term.Variable> basis(Query query) {
    var variables = new LinkedHashSet<Term.Variable>();
    query.find().elements().forEach(element -> variables.add(element.variable()));
    variables.addAll(query.with());
    return List.copyOf(variables);
  }

  /// The rows of the find elements, in no particular order. Pulls are made when a row is asked for,
  /// but for a recorded computation, which has to have read everything when it ends.
  List<List<@Nullable Object>> rows(Relation basis) {
    List<Object[]> plain = query.find().hasAggregate() ? aggregated(basis) : projected(basis);
    List<List<@Nullable Object>> rows =
        new AbstractList<>() {
          @Override
          public List<@Nullable Object> get(int index) {
            return finished(plain.get(index));
          }

          @Override
          public int size() {
            return plain.size();
          }
        };
    boolean isLater = query.find().hasPull() && !Recording.isActive();
    return isLater ? rows : Collections.unmodifiableList(new ArrayList<>(rows));
  }

  private List<Object[]> projected(Relation basis) {
    int[] columns = basis.columns(elementVariables());
    var rows = new ArrayList<Object[]>(basis.size());
    for (Object[] row : basis.rows()) {
      rows.add(part(row, columns));
    }
    return rows;
  }

  private List<Term.Variable> elementVariables() {
    return query.find().elements().stream().map(Find.Element::variable).toList();
  }

  private static Object[] part(Object[] row, int[] columns) {
    Object[] part = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      part[i] = row[columns[i]];
    }
    return part;
  }

  private List<Object[]> aggregated(Relation basis) {
    List<Find.Element> elements = query.find().elements();
    int[] columns = basis.columns(elementVariables());
    int[] groupColumns =
        basis.columns(
            elements.stream()
                .filter(element -> !(element instanceof Find.Element.Aggregated))
                .map(Find.Element::variable)
                .toList());
    var groups = new LinkedHashMap<List<Object>, List<Object[]>>();
    for (Object[] row : basis.rows()) {
      groups
          .computeIfAbsent(List.of(part(row, groupColumns)), _ -> new ArrayList<>())
          .add(part(row, columns));
    }
    var rows = new ArrayList<Object[]>(groups.size());
    groups.values().forEach(group -> rows.add(aggregate(group)));
    return rows;
  }

  private Object[] aggregate(List<Object[]> group) {
    Object[] row = group.getFirst().clone();
    for (int i = 0; i < row.length; i++) {
      if (query.find().elements().get(i) instanceof Find.Element.Aggregated aggregate) {
        row[i] = apply(aggregate, column(group, i));
      }
    }
    return row;
  }

  private static List<@Nullable Object> column(List<Object[]> group, int column) {
    var values = new ArrayList<@Nullable Object>(group.size());
    group.forEach(row -> values.add(Nil.outside(row[column])));
    return values;
  }

  private Object apply(Find.Element.Aggregated aggregate, List<@Nullable Object> values) {
    @Nullable Object[] arguments = new Object[aggregate.arguments().size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] =
          switch (aggregate.arguments().get(i)) {
            case Term.Variable _ -> new Aggregate.Values(Collections.unmodifiableList(values));
            case Term.Constant constant -> constant.value();
            case Term.Source source -> sources.get(source.name());
            case Term.Blank _, Term.RuleSet _ -> null;
          };
    }
    try {
      return Nil.inRow(Given.normal(aggregate.function().body().apply(arguments)));
    } catch (IllegalArgumentException | ArithmeticException problem) {
      throw QueryErrors.functionFailed(
          aggregate.function().name(), String.valueOf(problem.getMessage()), ":find", problem);
    }
  }

  private List<@Nullable Object> finished(Object[] row) {
    var finished = new ArrayList<@Nullable Object>(row.length);
    for (int i = 0; i < row.length; i++) {
      finished.add(
          query.find().elements().get(i) instanceof Find.Element.Pull pull
              ? puller.pull(pull, row[i])
              : Nil.outside(row[i]));
    }
    return Collections.unmodifiableList(finished);
  }

  /// The rows in the shape of `:find`.
  @Nullable Object shaped(List<List<@Nullable Object>> rows) {
    return switch (query.find().shape()) {
      case RELATION -> relation(rows);
      case COLLECTION -> distinct(rows);
      case TUPLE -> rows.isEmpty() ? null : keyed(rows.getFirst());
      case SCALAR -> rows.isEmpty() ? null : rows.getFirst().getFirst();
    };
  }

  private Object relation(List<List<@Nullable Object>> rows) {
    var shaped = new ArrayList<Object>(rows.size());
    for (List<@Nullable Object> row : rows) {
      shaped.add(keyed(row));
    }
    return isBag()
        ? Collections.unmodifiableList(shaped)
        : Collections.unmodifiableSet(new LinkedHashSet<>(shaped));
  }

  private List<?> distinct(List<List<@Nullable Object>> rows) {
    var values = new ArrayList<@Nullable Object>();
    for (List<@Nullable Object> row : isBag() ? rows : new LinkedHashSet<>(rows)) {
      values.add(row.getFirst());
    }
    return Collections.unmodifiableList(values);
  }

  private boolean isBag() {
    return !query.with().isEmpty() || query.find().hasPull();
  }

  private Object keyed(List<@Nullable Object> row) {
    if (query.find().keys().isEmpty()) {
      return row;
    }
    List<Object> keys = query.find().keys().get().keys();
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      map.put(keys.get(i), row.get(i));
    }
    return Collections.unmodifiableMap(map);
  }
}
