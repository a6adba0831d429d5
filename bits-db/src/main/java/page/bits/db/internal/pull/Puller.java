/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.pull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.DatomRange;
import page.bits.db.internal.given.EntityRefs;
import page.bits.db.internal.index.DatomSource;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.pull.PullPattern.Limit;
import page.bits.db.internal.pull.PullPattern.Nested;
import page.bits.db.internal.pull.PullPattern.Spec;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Schema;
import page.bits.edn.Keyword;

/// Walks the datoms of one source by a pattern. Confined to one thread.
///
/// Each attribute named is one range of EAVT, each reverse attribute one of VAET, and `*` the whole
/// entity: nothing else is read.
final class Puller {
  static final Keyword ID = Keyword.of("db", "id");
  private static final int DEPTH_MAX = 256; // far below what a small stack holds
  private static final Object NOTHING = new Object();

  private final DatomSource source;
  private final Schema schema;
  private int depth;

  Puller(DatomSource source) {
    this.source = source;
    this.schema = source.schema();
  }

  /// How far the recursions of the pattern may still go, and the entities on the way here.
  private record Trail(Map<Spec, Integer> depths, Set<Long> path) {
    static final Trail START = new Trail(Map.of(), Set.of());

    Trail into(Spec spec, int left, long e) {
      var deeper = new HashMap<>(depths);
      deeper.put(spec, left);
      var longer = new HashSet<>(path);
      longer.add(e);
      return new Trail(deeper, longer);
    }

    /// The same path, with the recursions of another pattern.
    Trail inside(long e) {
      var longer = new HashSet<>(path);
      longer.add(e);
      return new Trail(Map.of(), longer);
    }
  }

  PulledMap pull(PullPattern pattern, long e) {
    return pull(pattern, e, Trail.START);
  }

  private PulledMap pull(PullPattern pattern, long e, Trail trail) {
    if (++depth > DEPTH_MAX) {
      throw PullErrors.tooDeep(DEPTH_MAX);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw PullErrors.interrupted();
    }
    var found = new LinkedHashMap<Object, @Nullable Object>();
    for (Spec spec : pattern.specs()) {
      switch (spec) {
        case Spec.Wildcard _ -> all(pattern, e, trail, found);
        case Spec.Named named -> named(pattern, named, e, trail, found);
      }
    }
    depth--;
    return new PulledMap(found);
  }

  private void all(PullPattern pattern, long e, Trail trail, Map<Object, @Nullable Object> found) {
    var values = new LinkedHashMap<Long, List<Object>>();
    source
        .read(Ranges.e(e))
        .forEachRemaining(
            datom -> values.computeIfAbsent(datom.a(), _ -> new ArrayList<>()).add(datom.v()));
    Set<Long> named = new HashSet<>();
    pattern.named().forEach(ident -> schema.entid(ident).ifPresent(named::add));
    if (!values.isEmpty() && !pattern.named().contains(ID)) {
      found.put(ID, e);
    }
    values.forEach(
        (a, held) -> {
          Attribute attribute = schema.attribute(a).orElse(null);
          if (attribute != null && !named.contains(a)) {
            found.put(attribute.ident(), whole(attribute, held, e, trail));
          }
        });
  }

  private Object whole(Attribute attribute, List<Object> held, long e, Trail trail) {
    Step step = new Step(PullPattern.ALL, null, attribute, /* isReverse= */ false, e, trail);
    if (!attribute.isMany()) {
      return value(step, held.getFirst());
    }
    return held.stream().limit(Limit.DEFAULT.orAll()).map(value -> value(step, value)).toList();
  }

  /// One attribute of one entity on the way: `spec` is null under `*`.
  private record Step(
      PullPattern pattern,
      Spec.@Nullable Named spec,
      Attribute attribute,
      boolean isReverse,
      long e,
      Trail trail) {}

  private void named(
      PullPattern pattern,
      Spec.Named spec,
      long e,
      Trail trail,
      Map<Object, @Nullable Object> found) {
    if (spec.attribute().equals(ID) && !spec.isReverse()) {
      requirePlain(spec);
      found.put(spec.key(), e);
      return;
    }
    Attribute attribute = attribute(spec);
    Object value =
        spec.nested() instanceof Nested.Recursion recursion
                && trail.depths().getOrDefault(spec, recursion.depth()) == 0
            ? NOTHING
            : value(new Step(pattern, spec, attribute, spec.isReverse(), e, trail), spec.limit());
    if (value != NOTHING) {
      found.put(spec.key(), value);
    } else if (spec.otherwise().isPresent()) {
      found.put(spec.key(), spec.otherwise().get().value());
    }
  }

  private Attribute attribute(Spec.Named spec) {
    Object form = spec.key() == null ? spec.attribute() : spec.key();
    Attribute attribute = EntityRefs.attribute(schema, spec.attribute(), form);
    if (!attribute.isRef() && spec.isReverse()) {
      throw PullErrors.notAReference(attribute.ident(), "reverse");
    }
    requireRef(spec, attribute);
    return attribute;
  }

  private static void requireRef(Spec.Named spec, Attribute attribute) {
    if (!attribute.isRef() && !(spec.nested() instanceof Nested.Plain)) {
      throw PullErrors.notAReference(attribute.ident(), "nested pattern");
    }
  }

  private static void requirePlain(Spec.Named spec) {
    if (!(spec.nested() instanceof Nested.Plain)) {
      throw PullErrors.notAReference(ID, "nested pattern");
    }
  }

  private Object value(Step step, Limit limit) {
    boolean isSingle =
        step.isReverse() ? step.attribute().isComponent() : !step.attribute().isMany();
    DatomRange range =
        step.isReverse()
            ? Ranges.va(step.e(), step.attribute().id())
            : Ranges.ea(step.e(), step.attribute().id());
    Iterator<Datom> datoms = source.read(range);
    if (!datoms.hasNext()) {
      return NOTHING;
    }
    if (isSingle) {
      Object value = value(step, end(step, datoms.next()));
      return isEmpty(value) ? NOTHING : value;
    }
    var values = new ArrayList<Object>();
    for (int i = 0; i < limit.orAll() && datoms.hasNext(); i++) {
      Object value = value(step, end(step, datoms.next()));
      if (!isEmpty(value)) {
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  private static Object end(Step step, Datom datom) {
    return step.isReverse() ? (Object) datom.e() : datom.v();
  }

  private static boolean isEmpty(Object value) {
    return value instanceof PulledMap map && map.isEmpty();
  }

  /// The value itself, or what is pulled of the entity behind it.
  private Object value(Step step, Object held) {
    if (!step.attribute().isRef() || !(held instanceof Long target)) {
      return held;
    }
    Nested nested = step.spec() == null ? new Nested.Plain() : step.spec().nested();
    return switch (nested) {
      case Nested.Plain _ -> plain(step, target);
      case Nested.Sub sub -> pull(sub.pattern(), target, Trail.START);
      case Nested.Recursion recursion -> again(step, recursion, target);
    };
  }

  private Object plain(Step step, long target) {
    boolean isWhole = step.attribute().isComponent() && !step.isReverse();
    return isWhole && target != step.e() && !step.trail().path().contains(target)
        ? pull(PullPattern.ALL, target, step.trail().inside(step.e()))
        : PulledMap.of(ID, target);
  }

  private Object again(Step step, Nested.Recursion recursion, long target) {
    if (step.spec() == null || target == step.e() || step.trail().path().contains(target)) {
      return PulledMap.of(ID, target);
    }
    int left = step.trail().depths().getOrDefault(step.spec(), recursion.depth());
    int deeper = left == Nested.Recursion.UNLIMITED ? left : left - 1;
    return pull(step.pattern(), target, step.trail().into(step.spec(), deeper, step.e()));
  }
}
