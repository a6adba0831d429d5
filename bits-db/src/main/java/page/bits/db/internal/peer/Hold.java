/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.Given;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;

/// Facts that a peer holds on one entity: what is wanted, and what the database was last told.
/// Confined to the lock of its [Ephemera], but for [#entity()].
final class Hold {
  static final long NONE = -1;
  private static final Keyword ADD = Keyword.of(":db/add");
  private static final Keyword RETRACT = Keyword.of(":db/retract");
  private static final Keyword SESSION = Keyword.of(":bits/session");

  private final String tempid;
  private volatile long entity = NONE;
  private Map<Keyword, Set<?>> wanted;
  private Map<Keyword, Set<?>> told = Map.of();
  private boolean isTold;
  private boolean isReleased;
  private int late;
  private @Nullable BitsException refusal;

  Hold(String tempid, Map<?, ?> facts) {
    this.tempid = tempid;
    this.wanted = values(facts);
  }

  /// The values of each attribute.
  private static Map<Keyword, Set<?>> values(Map<?, ?> facts) {
    var values = new LinkedHashMap<Keyword, Set<?>>();
    facts.forEach(
        (attribute, value) -> {
          Keyword name = Given.keyword(attribute);
          if (name == null || name.equals(SESSION)) {
            throw PeerErrors.notEphemeral(String.valueOf(attribute));
          }
          if (value == null) {
            throw PeerErrors.nilHeld(name);
          }
          values.put(name, value instanceof Set<?> many ? inOrder(many) : Set.of(value));
        });
    return java.util.Collections.unmodifiableMap(values);
  }

  /// A copy in the caller's order, so that the same forms are made each time.
  private static Set<?> inOrder(Set<?> many) {
    return java.util.Collections.unmodifiableSet(new LinkedHashSet<>(many));
  }

  long entity() {
    return entity;
  }

  Set<Keyword> attributes() {
    return wanted.keySet();
  }

  @Nullable BitsException refusal() {
    return refusal;
  }

  boolean isReleased() {
    return isReleased;
  }

  /// Whether the database was told all that is wanted.
  boolean isDone() {
    return isReleased ? !isTold : isTold && told.equals(wanted);
  }

  void want(Map<?, ?> facts) {
    wanted = values(facts);
  }

  void release() {
    isReleased = true;
  }

  void refuse(BitsException reason) {
    refusal = reason;
    isReleased = true;
  }

  /// The database took too long with it once more: how often in a row before this.
  int wasLate() {
    return late++;
  }

  /// The session was lost: what the database was told has ended with it.
  void lost() {
    told = Map.of();
    isTold = false;
  }

  /// What to say so that the database knows it all; an empty list where it does.
  List<Object> forms(Object session) {
    var forms = new ArrayList<Object>();
    if (isDone()) {
      return forms;
    }
    Object e = entity == NONE ? tempid : (Object) entity;
    if (isReleased) {
      told.keySet().forEach(attribute -> forms.add(List.of(RETRACT, e, attribute)));
      forms.add(List.of(RETRACT, e, SESSION));
      return forms;
    }
    told.forEach(
        (attribute, values) -> {
          Set<?> kept = wanted.getOrDefault(attribute, Set.of());
          if (kept.isEmpty()) {
            forms.add(List.of(RETRACT, e, attribute));
          } else {
            values.stream()
                .filter(value -> !kept.contains(value))
                .forEach(value -> forms.add(List.of(RETRACT, e, attribute, value)));
          }
        });
    forms.add(List.of(ADD, e, SESSION, session));
    wanted.forEach(
        (attribute, values) -> values.forEach(v -> forms.add(List.of(ADD, e, attribute, v))));
    return forms;
  }

  String tempid() {
    return tempid;
  }

  /// What `forms` said is in the database.
  Told telling() {
    return new Told(this, isReleased ? Map.of() : wanted, !isReleased);
  }

  /// What is on its way into the database.
  record Told(Hold hold, Map<Keyword, Set<?>> facts, boolean isThere) {
    void done(Map<String, Long> tempids) {
      hold.entity = tempids.getOrDefault(hold.tempid, hold.entity);
      hold.told = facts;
      hold.isTold = isThere;
      hold.late = 0;
    }
  }
}
