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
import page.bits.db.internal.given.ParseCache;
import page.bits.db.internal.given.Shown;
import page.bits.db.internal.query.algebra.DataSource;
import page.bits.db.internal.query.algebra.Input;
import page.bits.db.internal.query.algebra.Query;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.algebra.Rules;
import page.bits.db.internal.query.parse.BindingCheck;
import page.bits.db.internal.query.parse.RuleParser;
import page.bits.db.internal.query.relation.Relation;

/// The inputs of one run: its sources and rules, its pull patterns, and the relations that values
/// make.
public record Inputs(
    RunSources sources,
    Map<String, Object> patterns,
    RuleUses rules,
    VariableUses uses,
    List<Relation> relations) {
  private static final ParseCache<Rules> PARSED_RULES = new ParseCache<>(RuleParser::parse);

  /// Lines the inputs up with `:in`. Errors: `:db.error/too-few-inputs`,
  /// `:db.error/too-many-inputs`, `:db.error/invalid-input`, `:db.error/invalid-rule`.
  public static Inputs bind(Query query, List<?> given, RunSources.Nested nested) {
    if (given.size() != query.inputs().size()) {
      throw QueryErrors.inputCount(names(query), given.size());
    }
    var sources = new HashMap<String, DataSource>();
    var patterns = new HashMap<String, Object>();
    Rules rules = Rules.NONE;
    for (int i = 0; i < given.size(); i++) {
      Object value = given.get(i);
      switch (query.inputs().get(i)) {
        case Input.SourceName source ->
            sources.put(source.name(), Sources.of(source.name(), value));
        case Input.PatternName pattern -> patterns.put(pattern.name(), pattern(pattern, value));
        case Input.RuleSet _ -> rules = rules(value);
        case Input.Values _ -> {}
      }
    }
    if (query.hasRules()) {
      BindingCheck.check(query, rules);
    }
    var all = new RunSources(sources, rules, nested);
    var ruleUses = new RuleUses(all);
    VariableUses uses = new VariableUses(query.where(), all, ruleUses);
    var relations = new ArrayList<Relation>();
    for (int i = 0; i < given.size(); i++) {
      if (query.inputs().get(i) instanceof Input.Values values) {
        relations.add(relation(values, given.get(i), uses));
      }
    }
    return new Inputs(all, Map.copyOf(patterns), ruleUses, uses, List.copyOf(relations));
  }

  private static Rules rules(@Nullable Object value) {
    if (value == null) {
      throw QueryErrors.invalidInput("rules", "%", null);
    }
    return value instanceof Rules parsed ? parsed : PARSED_RULES.parse(value);
  }

  /// `$` is the receiver of `q`: the inputs line up with `:in` without it. When they are as many as
  /// `:in` has, and a source stands at the place of `$`, they are taken as they are.
  public static List<@Nullable Object> withReceiver(
      Query query, Db receiver, @Nullable Object[] given) {
    var inputs = new ArrayList<@Nullable Object>(Arrays.asList(given));
    int place = query.receiverIndex();
    boolean isGiven =
        given.length == query.inputs().size() && place >= 0 && Sources.isSource(given[place]);
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

  private static List<String> names(Query query) {
    var names = new ArrayList<String>();
    for (Input input : query.inputs()) {
      names.add(
          switch (input) {
            case Input.SourceName source -> source.name();
            case Input.PatternName pattern -> pattern.name();
            case Input.RuleSet _ -> "%";
            case Input.Values values -> Shown.brief(values.form());
          });
    }
    return names;
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
