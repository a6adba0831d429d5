/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import page.bits.db.Db;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.given.Shown;
import page.bits.db.internal.index.DatomSource;
import page.bits.db.internal.index.SourceDb;
import page.bits.db.internal.query.algebra.DataSource;
import page.bits.db.internal.query.algebra.Input;
import page.bits.db.internal.query.algebra.Query;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.relation.Relation;

/// The inputs of one run: its sources, its pull patterns, and the relations that values make.
public record Inputs(
    Map<String, DataSource> sources,
    Map<String, Object> patterns,
    VariableUses uses,
    List<Relation> relations) {

  /// Lines the inputs up with `:in`. Errors: `:db.error/too-few-inputs`,
  /// `:db.error/too-many-inputs`, `:db.error/invalid-input`.
  public static Inputs bind(Query query, List<?> given) {
    if (given.size() != query.inputs().size()) {
      throw QueryErrors.inputCount(names(query), given.size());
    }
    var sources = new HashMap<String, DataSource>();
    var patterns = new HashMap<String, Object>();
    for (int i = 0; i < given.size(); i++) {
      Object value = given.get(i);
      switch (query.inputs().get(i)) {
        case Input.SourceName source -> sources.put(source.name(), source(source.name(), value));
        case Input.PatternName pattern -> patterns.put(pattern.name(), pattern(pattern, value));
        case Input.Values _ -> {}
      }
    }
    VariableUses uses = new VariableUses(query.where(), sources);
    var relations = new ArrayList<Relation>();
    for (int i = 0; i < given.size(); i++) {
      if (query.inputs().get(i) instanceof Input.Values values) {
        relations.add(relation(values, given.get(i), uses));
      }
    }
    return new Inputs(Map.copyOf(sources), Map.copyOf(patterns), uses, List.copyOf(relations));
  }

  /// `$` is the receiver of `q`: the inputs line up with `:in` without it. When they are as many as
  /// `:in` has, and a source stands at the place of `$`, they are taken as they are.
  public static List<@Nullable Object> withReceiver(
      Query query, Db receiver, @Nullable Object[] given) {
    var inputs = new ArrayList<@Nullable Object>(Arrays.asList(given));
    int place = query.receiverIndex();
    boolean isGiven = given.length == query.inputs().size() && place >= 0 && isSource(given[place]);
    if (place >= 0 && place <= inputs.size() && !isGiven) {
      inputs.add(place, receiver);
    }
    if (inputs.size() != query.inputs().size()) {
      List<String> names = names(query);
      if (place >= 0) {
        names.remove(place);
      }
      throw QueryErrors.inputCount(names, given.length);
    }
    return inputs;
  }

  private static boolean isSource(@Nullable Object value) {
    return value instanceof Db
        || value instanceof DatomSource
        || value instanceof Iterable<?>
        || value instanceof Map<?, ?>
        || value instanceof Object[];
  }

  private static List<String> names(Query query) {
    var names = new ArrayList<String>();
    for (Input input : query.inputs()) {
      names.add(
          switch (input) {
            case Input.SourceName source -> source.name();
            case Input.PatternName pattern -> pattern.name();
            case Input.Values values -> Shown.brief(values.form());
          });
    }
    return names;
  }

  private static DataSource source(String name, @Nullable Object value) {
    return switch (value) {
      case SourceDb db -> new DataSource.Database(db.source());
      case DatomSource datoms -> new DataSource.Database(datoms);
      case Map<?, ?> map -> collection(name, map.entrySet());
      case Iterable<?> rows -> collection(name, rows);
      case Object[] rows -> collection(name, Arrays.asList(rows));
      case null, default ->
          throw QueryErrors.invalidInput("a database or a collection of rows", name, value);
    };
  }

  private static DataSource collection(String name, Iterable<?> elements) {
    var rows = new ArrayList<Object[]>();
    for (Object element : elements) {
      List<?> list = Unpacker.asList(element);
      if (list == null) {
        throw QueryErrors.invalidInput("rows that are lists", name, element);
      }
      Object[] row = new Object[list.size()];
      for (int i = 0; i < row.length; i++) {
        Object value = Given.normal(list.get(i));
        if (value == null) {
          throw QueryErrors.invalidInput("rows without nil", name, element);
        }
        row[i] = value;
      }
      rows.add(row);
    }
    return new DataSource.Collection(rows);
  }

  private static Object pattern(Input.PatternName name, @Nullable Object value) {
    if (value == null) {
      throw QueryErrors.invalidInput("a pull pattern", name.name(), null);
    }
    return value;
  }

  private static Relation relation(Input.Values values, @Nullable Object value, VariableUses uses) {
    Unpacker.Problem problem =
        (expected, found) -> QueryErrors.invalidInput(expected, values.form(), found);
    Unpacker unpacker = new Unpacker(values.binding(), uses, /* isNilDropped= */ false, problem);
    var distinct = new Relation.Distinct(unpacker.variables());
    unpacker.rows(value).forEach(distinct::add);
    return distinct.build();
  }
}
