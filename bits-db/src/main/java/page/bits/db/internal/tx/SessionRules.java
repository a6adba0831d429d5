/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.internal.index.Fact;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Ids;
import page.bits.db.internal.schema.Levels;
import page.bits.db.internal.schema.Tuple;

/// Judges what a transaction does to sessions and to ephemeral facts, by the value after it.
///
/// An entity with ephemeral facts names a session; where it gets one, that session is open; a
/// session that ends is named by nobody any more. It follows that nothing ephemeral outlives its
/// session, whoever writes. Confined to one evaluation.
final class SessionRules {
  private final Before before;
  private final List<Claim> changes;
  private final Set<Fact> retracted = new HashSet<>();
  private final Map<Long, Map<Long, Claim>> added = new LinkedHashMap<>();

  private SessionRules(Before before, List<Claim> changes) {
    this.before = before;
    this.changes = changes;
    for (Claim change : changes) {
      if (change.added()) {
        added.computeIfAbsent(change.e(), _ -> new LinkedHashMap<>()).put(change.a().id(), change);
      } else {
        retracted.add(change.fact());
      }
    }
  }

  /// Refuses what no session allows: to change what it was opened with, to open it again, to lower
  /// the format level.
  static void refuseRewriting(Before before, Claim claim) {
    long a = claim.a().id();
    if (a == Ids.BITS_FORMAT) {
      refuseLevel(before, claim);
      return;
    }
    boolean isOpening = claim.added() && before.isNew(claim.e());
    boolean isSo = claim.added() && before.holds(claim.e(), claim.a(), claim.v());
    if (a == Ids.SESSION_OPEN && claim.added() && !isSo) {
      if (!claim.v().equals(true)) {
        throw Refusals.notWritable(claim.form(), claim.a(), claim.e());
      }
      if (!isOpening) {
        throw SessionErrors.ended(claim.form(), claim.e());
      }
    } else if ((a == Ids.SESSION_ID || a == Ids.SESSION_PEER) && !isOpening && !isSo) {
      throw Refusals.notWritable(claim.form(), claim.a(), claim.e());
    }
  }

  private static void refuseLevel(Before before, Claim claim) {
    if (claim.e() != Ids.BITS_DATABASE || !claim.added()) {
      throw Refusals.notWritable(claim.form(), claim.a(), claim.e());
    }
    long level = level(before);
    long next = (Long) claim.v();
    if (next < level || next > Levels.NEWEST) {
      throw SessionErrors.notALevel(claim.form(), level, next, Levels.NEWEST);
    }
  }

  private static long level(Before before) {
    return (Long) before.all(Ranges.ea(Ids.BITS_DATABASE, Ids.BITS_FORMAT)).getFirst().v();
  }

  /// Refuses an ephemeral attribute that cannot be one.
  static void checkEphemeral(Attribute attribute, int form) {
    String reason = null;
    if (attribute.isUnique()) {
      reason = "is-not-unique";
    } else if (attribute.isComponent()) {
      reason = "is-no-component";
    } else if (attribute.tuple() instanceof Tuple.Composite) {
      reason = "is-no-composite";
    }
    if (attribute.isEphemeral() && reason != null) {
      throw SessionErrors.ephemeralAttribute(form, attribute.ident(), reason);
    }
  }

  static void check(Before before, List<Claim> changes) {
    boolean matters = false;
    for (Claim change : changes) {
      matters |= isOfSessions(change.a());
    }
    if (matters) {
      new SessionRules(before, changes).check();
    }
  }

  private static boolean isOfSessions(Attribute a) {
    return a.isEphemeral()
        || a.id() == Ids.EPHEMERAL
        || a.id() == Ids.SESSION_OPEN
        || a.id() == Ids.SESSION_ID
        || a.id() == Ids.SESSION_PEER;
  }

  private void check() {
    for (Claim change : changes) {
      if (isOfSessions(change.a()) && level(before) < Levels.EPHEMERAL) {
        throw SessionErrors.levelTooLow(change.form(), level(before), Levels.EPHEMERAL);
      }
      if (change.a().isEphemeral()) {
        ephemeral(change);
      } else if (change.a().id() == Ids.SESSION_OPEN && !change.added()) {
        ended(change);
      } else if (isOfSessions(change.a()) && change.a().id() != Ids.EPHEMERAL) {
        opened(change);
      }
    }
  }

  private void opened(Claim change) {
    Map<Long, Claim> session = added.getOrDefault(change.e(), Map.of());
    if (!session
        .keySet()
        .containsAll(List.of(Ids.SESSION_ID, Ids.SESSION_PEER, Ids.SESSION_OPEN))) {
      throw SessionErrors.incomplete(change.form(), change.e());
    }
  }

  private void ended(Claim change) {
    for (Datom named : before.all(Ranges.v(change.e()))) {
      if (named.a() == Ids.SESSION && !retracted.contains(Fact.of(named))) {
        throw SessionErrors.stillNamed(change.form(), change.e(), named.e());
      }
    }
  }

  private void ephemeral(Claim change) {
    Long session = sessionAfter(change.e());
    if (session == null) {
      if (change.added() || hasEphemeralAfter(change.e())) {
        throw SessionErrors.notNamed(change);
      }
    } else if (change.added() && !isOpenAfter(session)) {
      throw SessionErrors.ended(change.form(), session);
    }
  }

  private @Nullable Long sessionAfter(long e) {
    Claim named = added.getOrDefault(e, Map.of()).get(Ids.SESSION);
    if (named != null) {
      return (Long) named.v();
    }
    for (Datom datom : before.ephemeral(e)) {
      if (datom.a() == Ids.SESSION && !retracted.contains(Fact.of(datom))) {
        return (Long) datom.v();
      }
    }
    return null;
  }

  private boolean hasEphemeralAfter(long e) {
    for (Datom datom : before.ephemeral(e)) {
      if (!retracted.contains(Fact.of(datom))) {
        return true;
      }
    }
    return false;
  }

  private boolean isOpenAfter(long session) {
    if (added.getOrDefault(session, Map.of()).containsKey(Ids.SESSION_OPEN)) {
      return true;
    }
    Attribute open = before.schema().attribute(Ids.SESSION_OPEN).orElseThrow();
    return before.holds(session, open, true)
        && !retracted.contains(new Fact(session, Ids.SESSION_OPEN, true));
  }
}
