/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.pull;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Entity;
import page.bits.db.internal.given.AttributeName;
import page.bits.db.internal.given.EntityRefs;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.given.GivenErrors;
import page.bits.db.internal.given.Shown;
import page.bits.db.internal.index.DatomSource;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.index.SourceDb;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Schema;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;

/// An entity that reads what it is asked for, each attribute once. Immutable to its users and
/// thread-safe.
public final class EntityView implements Entity {
  private final SourceDb db;
  private final long e;
  private final Map<Keyword, Object> read = new ConcurrentSkipListMap<>(Edn.order());

  private EntityView(SourceDb db, long e) {
    this.db = db;
    this.e = e;
  }

  public static Entity of(SourceDb db, long e) {
    return new EntityView(db, e);
  }

  @Override
  public long entityId() {
    return e;
  }

  @Override
  public Db db() {
    return db;
  }

  @Override
  public Optional<Object> get(Object attribute) {
    Keyword name = Given.keyword(attribute);
    if (name == null) {
      throw GivenErrors.unknownAttribute(
          GivenErrors.clause("entity"), attribute, source().schema());
    }
    if (name.equals(Puller.ID)) {
      return Optional.of(e);
    }
    Object known = read.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    AttributeName written = AttributeName.of(name);
    Attribute found = EntityRefs.attribute(source().schema(), written.attribute(), "entity");
    Optional<Object> value = written.isReverse() ? referrers(found) : values(found);
    value.ifPresent(present -> read.put(name, present));
    return value;
  }

  @Override
  public Entity touch() {
    touch(new HashSet<>());
    return this;
  }

  private void touch(Set<Long> touched) {
    if (!touched.add(e)) {
      return;
    }
    for (String key : keySet()) {
      Object value = get(key).orElseThrow();
      if (isComponent(key)) {
        Collection<?> parts = value instanceof Set<?> several ? several : List.of(value);
        for (Object part : parts) {
          if (part instanceof EntityView component) {
            component.touch(touched);
          }
        }
      }
    }
  }

  private boolean isComponent(String key) {
    return source().schema().attribute(Keyword.of(key)).orElseThrow().isComponent();
  }

  private DatomSource source() {
    return db.source();
  }

  private Optional<Object> values(Attribute attribute) {
    Iterator<Datom> datoms = source().read(Ranges.ea(e, attribute.id()));
    if (!datoms.hasNext()) {
      return Optional.empty();
    }
    if (!attribute.isMany()) {
      return Optional.of(value(attribute, datoms.next().v()));
    }
    var values = new LinkedHashSet<>();
    datoms.forEachRemaining(datom -> values.add(value(attribute, datom.v())));
    return Optional.of(Collections.unmodifiableSet(values));
  }

  private Object value(Attribute attribute, Object held) {
    return attribute.isRef() && held instanceof Long target ? reference(target) : held;
  }

  private Object reference(long target) {
    Optional<Keyword> ident = source().schema().ident(target);
    return ident.isPresent() ? ident.get() : new EntityView(db, target);
  }

  private Optional<Object> referrers(Attribute attribute) {
    if (!attribute.isRef()) {
      throw PullErrors.notAReference(attribute.ident(), "reverse");
    }
    Iterator<Datom> datoms = source().read(Ranges.va(e, attribute.id()));
    if (!datoms.hasNext()) {
      return Optional.empty();
    }
    if (attribute.isComponent()) {
      return Optional.of(reference(datoms.next().e()));
    }
    var found = new LinkedHashSet<>();
    datoms.forEachRemaining(datom -> found.add(reference(datom.e())));
    return Optional.of(Collections.unmodifiableSet(found));
  }

  @Override
  public Set<String> keySet() {
    var keys = new LinkedHashSet<String>();
    Schema schema = source().schema();
    source()
        .read(Ranges.e(e))
        .forEachRemaining(datom -> schema.ident(datom.a()).ifPresent(a -> keys.add(a.toString())));
    return Collections.unmodifiableSet(keys);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EntityView view
        && e == view.e
        && source().database().equals(view.source().database());
  }

  @Override
  public int hashCode() {
    return Long.hashCode(e);
  }

  /// The id, and what was read so far.
  @Override
  public String toString() {
    return shown(new HashSet<>());
  }

  private String shown(Set<Long> above) {
    var text = new StringBuilder("{:db/id ").append(e);
    if (above.add(e)) {
      read.forEach(
          (key, value) -> text.append(", ").append(key).append(' ').append(shown(value, above)));
      above.remove(e);
    }
    return text.append('}').toString();
  }

  private static String shown(Object value, Set<Long> above) {
    return switch (value) {
      case EntityView entity -> entity.shown(above);
      case Set<?> set ->
          set.stream()
              .map(element -> shown(Objects.requireNonNull(element), above))
              .collect(Collectors.joining(" ", "#{", "}"));
      default -> Shown.form(value);
    };
  }
}
