/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Tuple;

/// The values of composite tuples after a transaction. Confined to one evaluation.
///
/// A composite is made again wherever a form says something of one of its attributes, even if that
/// changes nothing: so data that is older than the composite gets one by asserting it again. A form
/// that says something of the composite itself writes nothing: it names an entity by upsert, and
/// must be true after the transaction.
final class Composites {
  /// One attribute of one entity.
  private record Place(long e, long a) {}

  private final Before before;
  private final Map<Place, @Nullable Object> changed = new HashMap<>();
  private final Map<Place, @Nullable Object> made = new HashMap<>();

  private Composites(Before before, List<Claim> changes) {
    this.before = before;
    for (Claim change : changes) {
      var place = new Place(change.e(), change.a().id());
      if (change.added()) {
        changed.put(place, change.v());
      } else {
        changed.putIfAbsent(place, null); // what is asserted beside it stays
      }
    }
  }

  /// Takes what forms say of composites out of the claims.
  static List<Claim> take(List<Claim> claims) {
    List<Claim> taken = null;
    for (Claim claim : claims) {
      if (claim.a().isComposite()) {
        taken = taken == null ? new ArrayList<>() : taken;
        taken.add(claim);
      }
    }
    if (taken == null) {
      return List.of();
    }
    claims.removeIf(claim -> claim.a().isComposite());
    return taken;
  }

  /// The changes of composites that follow from the changes of other attributes. `claims` is all
  /// that forms say of those, `said` what they say of composites.
  static List<Claim> changes(
      Before before, List<Claim> claims, List<Claim> changes, List<Claim> said) {
    Map<Place, Claim> touched = touched(before, claims);
    if (touched.isEmpty() && said.isEmpty()) {
      return List.of();
    }
    var composites = new Composites(before, changes);
    var more = new ArrayList<Claim>();
    touched.forEach((place, cause) -> composites.make(place, cause, more));
    said.forEach(composites::check);
    return more;
  }

  private static Map<Place, Claim> touched(Before before, List<Claim> claims) {
    Map<Place, Claim> touched = Map.of();
    for (Claim claim : claims) {
      for (Attribute composite : before.schema().compositesWith(claim.a().id())) {
        touched = touched.isEmpty() ? new LinkedHashMap<>() : touched;
        touched.putIfAbsent(
            new Place(claim.e(), composite.id()),
            new Claim(claim.e(), composite, "", /* added= */ true, claim.form()));
      }
    }
    return touched;
  }

  private void make(Place place, Claim cause, List<Claim> more) {
    Attribute a = cause.a();
    Object value = value(place.e(), (Tuple.Composite) a.tuple());
    Object held = before.value(place.e(), a);
    made.put(place, value);
    if (Objects.equals(value, held)) {
      return;
    }
    if (held != null) {
      more.add(new Claim(place.e(), a, held, /* added= */ false, cause.form()));
    }
    if (value != null) {
      more.add(new Claim(place.e(), a, value, /* added= */ true, cause.form()));
    }
  }

  /// The values of its attributes after the transaction; null when there is none at all.
  private @Nullable Object value(long e, Tuple.Composite composite) {
    var slots = new ArrayList<@Nullable Object>();
    for (long member : composite.attributes()) {
      var place = new Place(e, member);
      slots.add(
          changed.containsKey(place)
              ? changed.get(place)
              : before.value(e, before.schema().attribute(member).orElseThrow()));
    }
    return slots.stream().allMatch(Objects::isNull) ? null : Collections.unmodifiableList(slots);
  }

  private void check(Claim claim) {
    var place = new Place(claim.e(), claim.a().id());
    Object value = made.containsKey(place) ? made.get(place) : before.value(claim.e(), claim.a());
    if (claim.v().equals(value) != claim.added()) {
      throw Refusals.notWhatItIsMadeOf(claim, value);
    }
  }
}
