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
  private final boolean showsEnds;
  private int depth;

  /// `showsEnds`: whether a recursion that ends leaves the id of the next entity.
  Puller(DatomSource source, boolean showsEnds) {
    this.source = source;
    this.schema = source.schema();
    this.showsEnds = showsEnds;
  }

  /// How far the recursions of the pattern may still go, and the entities on the way here.
  private record Trail(Map<Spec, Integer> depths, Set<Long> path) {
    static final Trail START = new Trail(Map.of(), Set.of());

    /// How many more levels the recursion may go below e: none where e was met before.
    int left(Spec spec, Nested.Recursion recursion, long e) {
      return path.contains(e) ? 0 : depths.getOrDefault(spec, recursion.depth());
    }

    Trail into(Spec spec, int left, long e) {
      var deeper = new HashMap<>(depths);
      deeper.put(spec, left);
      return new Trail(deeper, longer(e));
    }

    /// The same path, with the recursions of another pattern.
    Trail inside(long e) {
      return new Trail(Map.of(), longer(e));
    }

    private Set<Long> longer(long e) {
      var longer = new HashSet<>(path);
      longer.add(e);
      return longer;
    }
  }

  PulledMap pull(PullPattern pattern, long e) {
    return pull(pattern, e, Trail.START);
  }

  /// What the pattern gives of nobody: an id that is nil, if it asks for one.
  static PulledMap nobody(PullPattern pattern) {
    return pattern.hasId() ? PulledMap.of(ID, null) : new PulledMap(new LinkedHashMap<>());
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
    if (!pattern.named().contains(ID)) {
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
      put(spec, e, found);
      return;
    }
    Attribute attribute = attribute(spec);
    put(
        spec,
        value(new Step(pattern, spec, attribute, spec.isReverse(), e, trail), spec.limit()),
        found);
  }

  /// What was found, through the function of the spec, else its default.
  private static void put(Spec.Named spec, Object value, Map<Object, @Nullable Object> found) {
    Object made = value == NOTHING ? null : value;
    if (spec.xform().isPresent()) {
      made = spec.xform().get().apply(made);
    }
    if (made == null && spec.otherwise().isPresent()) {
      made = spec.otherwise().get().value();
    }
    if (made != null) {
      found.put(spec.key(), made);
    }
  }

  private Attribute attribute(Spec.Named spec) {
    Attribute attribute = EntityRefs.attribute(schema, spec.attribute(), spec.key());
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
      return value(step, end(step, datoms.next()));
    }
    var values = new ArrayList<Object>();
    for (int i = 0; i < limit.orAll() && datoms.hasNext(); i++) {
      Object value = value(step, end(step, datoms.next()));
      if (value != NOTHING) {
        values.add(value);
      }
    }
    return values.isEmpty() ? NOTHING : List.copyOf(values);
  }

  private static Object end(Step step, Datom datom) {
    return step.isReverse() ? (Object) datom.e() : datom.v();
  }

  /// The value itself, or what is pulled of the entity behind it.
  private Object value(Step step, Object held) {
    if (!step.attribute().isRef() || !(held instanceof Long target)) {
      return held;
    }
    Nested nested = step.spec() == null ? new Nested.Plain() : step.spec().nested();
    return switch (nested) {
      case Nested.Plain _ -> plain(step, target);
      case Nested.Sub sub -> found(pull(sub.pattern(), target, Trail.START));
      case Nested.Recursion recursion -> again(step, recursion, target);
    };
  }

  private Object plain(Step step, long target) {
    boolean isWhole = step.attribute().isComponent() && !step.isReverse();
    return isWhole && target != step.e() && !step.trail().path().contains(target)
        ? pull(PullPattern.ALL, target, step.trail().inside(step.e()))
        : PulledMap.of(ID, target);
  }

  private static Object found(PulledMap map) {
    return map.isEmpty() ? NOTHING : map;
  }

  /// The pattern again, one level deeper. Where the recursion ends, because it has gone deep enough
  /// or this entity was met before, only the id of the next is left, if the pattern asks for ids.
  private Object again(Step step, Nested.Recursion recursion, long target) {
    Spec.Named spec = java.util.Objects.requireNonNull(step.spec());
    int left = step.trail().left(spec, recursion, step.e());
    if (left == 0) {
      return showsEnds && step.pattern().hasId() ? PulledMap.of(ID, target) : NOTHING;
    }
    int deeper = left == Nested.Recursion.UNLIMITED ? left : left - 1;
    return found(pull(step.pattern(), target, step.trail().into(spec, deeper, step.e())));
  }
}
