/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.parse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.query.algebra.Find;
import page.bits.db.internal.query.algebra.Input;
import page.bits.db.internal.query.algebra.Query;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.algebra.Rules;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.schema.NearNames;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// Reads a query: EDN text, the list form or the map form.
public final class QueryParser {
  private static final List<String> KEYS =
      List.of(":find", ":keys", ":strs", ":syms", ":with", ":in", ":where", ":timeout");

  private QueryParser() {}

  public static Query parse(@Nullable Object query) {
    Map<String, List<?>> parts =
        switch (query) {
          case String text -> parts(Edn.read(text));
          case null, default -> parts(query);
        };
    List<?> find = parts.get(":find");
    if (find == null) {
      throw QueryErrors.invalid(":find", query);
    }
    if (!parts.containsKey(":in") && !parts.containsKey(":where")) {
      throw QueryErrors.invalid(":in or :where", query);
    }
    Query parsed =
        new Query(
            FindParser.parse(find, keys(parts)),
            with(parts.getOrDefault(":with", List.of())),
            inputs(parts.get(":in")),
            ClauseParser.parseAll(
                parts.getOrDefault(":where", List.of()),
                new Place(Term.Source.DEFAULT, Scope.top())),
            timeout(parts.get(":timeout")));
    SourceCheck.check(parsed);
    if (!parsed.hasRules()) {
      BindingCheck.check(parsed, Rules.NONE);
    }
    return parsed;
  }

  private static Map<String, List<?>> parts(@Nullable Object form) {
    return switch (form) {
      case Map<?, ?> map -> mapForm(map);
      case List<?> list -> listForm(list);
      case null, default -> throw QueryErrors.invalid("a list or a map", form);
    };
  }

  private static Map<String, List<?>> mapForm(Map<?, ?> map) {
    var parts = new LinkedHashMap<String, List<?>>();
    map.forEach(
        (key, value) ->
            parts.put(
                key(key),
                key(key).equals(":timeout")
                    ? Arrays.asList(value)
                    : Forms.list(value, "a list after " + key)));
    return parts;
  }

  private static Map<String, List<?>> listForm(List<?> list) {
    var parts = new LinkedHashMap<String, List<?>>();
    int at = 0;
    while (at < list.size()) {
      String key = key(list.get(at));
      int end = at + 1;
      while (end < list.size() && Given.keyword(list.get(end)) == null) {
        end++;
      }
      if (parts.put(key, list.subList(at + 1, end)) != null) {
        throw QueryErrors.invalid("each part once", list.get(at));
      }
      at = end;
    }
    return parts;
  }

  private static String key(@Nullable Object form) {
    Keyword keyword = Given.keyword(form);
    if (keyword == null) {
      throw QueryErrors.invalid("a key such as :find", form);
    }
    if (!KEYS.contains(keyword.toString())) {
      throw QueryErrors.unknownKey(keyword, NearNames.of(keyword.toString(), KEYS));
    }
    return keyword.toString();
  }

  private static Optional<Find.Keys> keys(Map<String, List<?>> parts) {
    Optional<Find.Keys> found = Optional.empty();
    for (String kind : List.of(":keys", ":strs", ":syms")) {
      List<?> forms = parts.get(kind);
      if (forms != null) {
        if (found.isPresent()) {
          throw QueryErrors.invalid("only one of :keys, :strs, :syms", kind);
        }
        found = Optional.of(keys(kind, forms));
      }
    }
    return found;
  }

  private static Find.Keys keys(String kind, List<?> forms) {
    var keys = new ArrayList<Object>();
    var names = new ArrayList<String>();
    for (Object form : forms) {
      if (!(form instanceof Symbol) && !(form instanceof String)) {
        throw QueryErrors.invalid("symbols after " + kind, form);
      }
      String name = form.toString();
      names.add(name);
      keys.add(
          switch (kind) {
            case ":keys" -> Keyword.of(name);
            case ":strs" -> name;
            default -> Symbol.of(name);
          });
    }
    if (new HashSet<>(names).size() != names.size()) {
      throw QueryErrors.invalid("different names after " + kind, forms);
    }
    return new Find.Keys(keys, names);
  }

  private static Optional<Duration> timeout(@Nullable List<?> forms) {
    if (forms == null) {
      return Optional.empty();
    }
    return Optional.of(RequestParser.timeout(forms.size() == 1 ? forms.getFirst() : forms));
  }

  private static List<Term.Variable> with(List<?> forms) {
    var variables = new ArrayList<Term.Variable>();
    for (Object form : forms) {
      variables.add(Forms.variable(form, "in :with"));
    }
    return variables;
  }

  private static List<Input> inputs(@Nullable List<?> forms) {
    if (forms == null) {
      return List.of(new Input.SourceName(Term.Source.DEFAULT));
    }
    var inputs = new ArrayList<Input>();
    for (Object form : forms) {
      Input input = input(form);
      if (!(input instanceof Input.Values) && inputs.contains(input)) {
        throw QueryErrors.invalid("each name once in :in", form);
      }
      inputs.add(input);
    }
    return inputs;
  }

  private static Input input(@Nullable Object form) {
    if (Forms.isSource(form)) {
      return new Input.SourceName(String.valueOf(form));
    }
    if (Forms.isSymbol(form, "%")) {
      return new Input.RuleSet();
    }
    if (Forms.isPlain(form)) {
      return new Input.PatternName(String.valueOf(form));
    }
    if (form == null) {
      throw QueryErrors.invalid("an input", form);
    }
    return new Input.Values(form, BindingParser.parse(form, Scope.top()));
  }
}
