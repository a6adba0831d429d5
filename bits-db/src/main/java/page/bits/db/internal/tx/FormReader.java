/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import page.bits.db.Functions;
import page.bits.db.internal.given.AttributeName;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Ids;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// Reads submitted forms into ops: lists as function calls, maps as assertions of one entity.
///
/// Confined to one evaluation.
final class FormReader {
  private static final Keyword DB_ID = Keyword.of(":db/id");
  private static final List<String> BUILT_IN =
      List.of(":db/add", ":db/retract", ":db/retractEntity", ":db/cas", ":bits/end-session");
  private static final int CALL_DEPTH_MAX = 100;

  private final Before before;
  private final Names names;
  private final List<Op> ops = new ArrayList<>();
  private int form;
  private int depth;

  FormReader(Before before, Names names) {
    this.before = before;
    this.names = names;
  }

  List<Op> read(List<?> forms) {
    for (Object each : forms) {
      before.step();
      form(each);
      form++;
    }
    return ops;
  }

  private void form(@Nullable Object each) {
    switch (each) {
      case Map<?, ?> map -> map(map);
      case List<?> list -> list(list);
      case null, default -> throw Refusals.notAForm(form, "a map or a vector", each);
    }
  }

  private void list(List<?> list) {
    Object first = list.isEmpty() ? null : list.get(0);
    Keyword function = Given.keyword(first);
    if (function == null) {
      if (!(first instanceof Symbol name)) {
        throw Refusals.notAForm(form, "the name of a function", first);
      }
      call(name.toString(), list);
      return;
    }
    switch (function.toString()) {
      case ":db/add" -> {
        expect(function, list, 3, 3, "entity, attribute, value");
        Attribute a = names.attribute(list.get(2), form);
        add(names.entity(list.get(1), form), a, names.value(a, list.get(3), form));
      }
      case ":db/retract" -> retract(function, list);
      case ":db/retractEntity", ":db.fn/retractEntity" -> {
        expect(function, list, 1, 1, "entity");
        if (names.isHeldByNobody(list.get(1), form)) {
          return; // there is nothing to retract
        }
        ops.add(new Op.RetractEntity(names.entityBefore(list.get(1), form), form));
      }
      case ":db/cas", ":db.fn/cas" -> compareAndSet(function, list);
      case ":bits/end-session" -> {
        expect(function, list, 1, 1, "session");
        ops.add(new Op.EndSession(names.entityBefore(list.get(1), form), form));
      }
      default -> call(function.toString().substring(1), list);
    }
  }

  /// Reads the forms that a registered function makes of its arguments and the value before.
  private void call(String name, List<?> list) {
    if (depth >= CALL_DEPTH_MAX) {
      throw Refusals.callsTooDeep(form, name, CALL_DEPTH_MAX);
    }
    var function = UserCode.find(Functions.TxFunction.class, name, BUILT_IN, form);
    List<?> arguments = list.subList(1, list.size());
    Object returned =
        UserCode.call(before, name, form, () -> function.call(before.value(), normal(arguments)));
    depth++;
    UserCode.forms(name, form, returned).forEach(this::form);
    depth--;
  }

  private static List<@Nullable Object> normal(List<?> arguments) {
    var values = new ArrayList<@Nullable Object>(arguments.size());
    arguments.forEach(argument -> values.add(Given.normal(argument)));
    return Collections.unmodifiableList(values);
  }

  private void retract(Keyword function, List<?> list) {
    expect(function, list, 2, 3, "entity, attribute and maybe value");
    EntityRef e = names.entity(list.get(1), form);
    Attribute a = names.attribute(list.get(2), form);
    ops.add(
        list.size() == 3
            ? new Op.RetractAttribute(e, a, form)
            : new Op.Retract(e, a, names.value(a, list.get(3), form), form));
  }

  private void compareAndSet(Keyword function, List<?> list) {
    expect(function, list, 4, 4, "entity, attribute, expected value or nil, value");
    long e = names.entityBefore(list.get(1), form);
    Attribute a = names.attribute(list.get(2), form);
    if (a.isMany()) {
      throw Refusals.casOfMany(form, a);
    }
    Object expected = list.get(3) == null ? null : names.valueBefore(a, list.get(3), form);
    Object replacement = names.value(a, list.get(4), form);
    ops.add(new Op.CompareAndSet(e, a, expected, replacement, form));
  }

  private void expect(Keyword function, List<?> list, int min, int max, String arguments) {
    int count = list.size() - 1;
    if (count < min || count > max) {
      throw Refusals.wrongArgumentCount(form, function.toString(), arguments, count);
    }
  }

  private EntityRef map(Map<?, ?> map) {
    EntityRef e = Tempids.anonymous();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (isDbId(entry.getKey())) {
        e = names.entity(entry.getValue(), form);
      }
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Keyword directive = directive(entry.getKey());
      if (directive != null) {
        names.affinities().directive(directive, entry.getValue(), form);
      } else if (!isDbId(entry.getKey())) {
        attribute(e, entry.getKey(), entry.getValue());
      }
    }
    return e;
  }

  private static @Nullable Keyword directive(@Nullable Object key) {
    Keyword name = Given.keyword(key);
    return Affinities.FORCE.equals(name) || Affinities.MATCH.equals(name) ? name : null;
  }

  private EntityRef nested(EntityRef outer, Map<?, ?> map) {
    EntityRef inner = map(map);
    names.affinities().nest(outer, inner, form);
    return inner;
  }

  private static boolean isDbId(@Nullable Object key) {
    return key instanceof Keyword ? key.equals(DB_ID) : ":db/id".equals(key);
  }

  private void attribute(EntityRef e, @Nullable Object key, @Nullable Object raw) {
    Keyword forward = forwardOf(key);
    if (forward == null) {
      Attribute a = names.attribute(key, form);
      if (a.isMany() && raw instanceof Collection<?> many && !isLookupRef(a, many)) {
        for (Object each : many) {
          forward(e, a, each);
        }
      } else {
        forward(e, a, raw);
      }
      return;
    }
    Attribute a = names.attribute(forward, form);
    if (!a.isRef()) {
      throw Refusals.notAReference(form, a);
    }
    if (raw instanceof Collection<?> many && !isLookupRef(a, many)) {
      for (Object each : many) {
        reverse(e, a, each);
      }
    } else {
      reverse(e, a, raw);
    }
  }

  /// `:ns/attr` for a key `:ns/_attr`, unless an attribute has just that name; null for all other
  /// keys.
  private @Nullable Keyword forwardOf(@Nullable Object key) {
    Keyword name = Given.keyword(key);
    if (name == null) {
      return null;
    }
    AttributeName written = AttributeName.of(name);
    return written.isReverse() && before.schema().attribute(name).isEmpty()
        ? written.attribute()
        : null;
  }

  private boolean isLookupRef(Attribute a, Collection<?> raw) {
    return a.isRef() && raw instanceof List<?> list && names.isLookupRef(list);
  }

  private void forward(EntityRef e, Attribute a, @Nullable Object raw) {
    if (a.isRef() && raw instanceof Map<?, ?> nested) {
      if (!a.isComponent() && !mayNest(nested)) {
        throw Refusals.notNested(form, a);
      }
      add(e, a, nested(e, nested));
    } else {
      add(e, a, names.value(a, raw, form));
    }
  }

  private void reverse(EntityRef e, Attribute a, @Nullable Object raw) {
    add(raw instanceof Map<?, ?> nested ? nested(e, nested) : names.entity(raw, form), a, e);
  }

  /// Whether a nested map can be found again without its parent.
  private boolean mayNest(Map<?, ?> nested) {
    for (Object key : nested.keySet()) {
      if (isDbId(key)) {
        return true;
      }
      Keyword ident = Given.keyword(key);
      if (ident != null
          && before.schema().attribute(ident).map(Attribute::isUnique).orElse(false)) {
        return true;
      }
    }
    return false;
  }

  private void add(EntityRef e, Attribute a, Object v) {
    before.step();
    // The older explicit forms say of an attribute only what its value type says too.
    if (a.id() != Ids.INSTALL_ATTRIBUTE && a.id() != Ids.ALTER_ATTRIBUTE) {
      ops.add(new Op.Add(e, a, v, form));
    }
  }
}
