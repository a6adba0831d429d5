/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.account;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import page.bits.db.Connection;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.db.Index;
import page.bits.error.BitsException;
import page.bits.live.http.Network;

/* How an attempt is counted.

An attempt takes its place *before* the password is looked at, in a transaction that is refused when
somebody else took a place meanwhile. So a hundred guesses at once, on as many nodes as there are,
get as many places as one after the other. A sign-in that succeeds gives its places back; what stays
are the failures.

INV-1  In any WINDOW, at most max attempts of a key fail.
INV-2  An entity holds at most max instants; the sweep retracts it when none of them counts.
INV-3  A name that nobody has is counted like any other: the answer does not tell who has an account.
*/

/// The limit on attempts to sign in: facts, so that it is the same on every node. Thread-safe.
///
/// Errors: `:bits.error/busy` when the places of a key change faster than this node can take one.
public final class Attempts {
  /// How long a failed attempt counts.
  public static final Duration WINDOW = Duration.ofMinutes(15);

  /// The most failed attempts on one name in the window.
  public static final int PER_NAME_MAX = 10;

  /// The most failed attempts from one address in the window: more, since many people can share
  /// one.
  public static final int PER_ADDRESS_MAX = 50;

  private static final int TRIES = 40;

  private final Connection connection;
  private final Secret secret;

  public Attempts(Connection connection, Secret secret) {
    this.connection = connection;
    this.secret = secret;
  }

  /// What somebody who wants to try gets.
  public sealed interface Answer {
    /// The attempt counts; [#giveBack] makes the forms that undo that.
    record Taken(List<Place> places) implements Answer {
      public Taken {
        places = List.copyOf(places);
      }
    }

    /// No attempt before that moment.
    record Full(Instant until) implements Answer {}
  }

  /// One counted attempt of one key.
  public record Place(String key, Instant at) {}

  private record Limit(String key, int max) {}

  /// Takes the places of one attempt to sign in with that name from that address.
  public Answer take(String name, String address, Instant now) {
    var limits =
        List.of(
            new Limit(secret.hash("address", Network.of(address)), PER_ADDRESS_MAX),
            new Limit(secret.hash("name", Accounts.folded(name)), PER_NAME_MAX));
    for (int i = 0; i < TRIES; i++) {
      Db db = connection.db();
      Optional<Instant> full = fullUntil(db, limits, now);
      if (full.isPresent()) {
        return new Answer.Full(full.get());
      }
      Optional<Answer> taken = tryTake(db, limits, now);
      if (taken.isPresent()) {
        return taken.get();
      }
    }
    throw new BitsException(
        DbError.BUSY,
        "Too many attempts to sign in at the same moment; try again",
        page.bits.error.ErrorData.of("tries", (long) TRIES));
  }

  private static Optional<Instant> fullUntil(Db db, List<Limit> limits, Instant now) {
    return limits.stream()
        .map(limit -> fullUntil(counting(db, limit.key(), now), limit.max()))
        .flatMap(Optional::stream)
        .max(Instant::compareTo);
  }

  /// When the oldest that counts stops counting, if there are as many as may be.
  private static Optional<Instant> fullUntil(TreeSet<Instant> counting, int max) {
    return counting.size() < max ? Optional.empty() : Optional.of(counting.first().plus(WINDOW));
  }

  private static TreeSet<Instant> counting(Db db, String key, Instant now) {
    var counting = new TreeSet<>(all(db, key));
    counting.removeIf(at -> !at.plus(WINDOW).isAfter(now));
    return counting;
  }

  private static Set<Instant> all(Db db, String key) {
    var all = new TreeSet<Instant>();
    OptionalLong entity = db.entid(entity(key));
    if (entity.isPresent()) {
      for (Datom datom : db.datoms(Index.EAVT, entity.getAsLong(), ":attempts/at")) {
        all.add((Instant) datom.v());
      }
    }
    return all;
  }

  private static List<Object> entity(String key) {
    return List.of(":attempts/key", key);
  }

  /// Empty when somebody was faster.
  private Optional<Answer> tryTake(Db db, List<Limit> limits, Instant now) {
    var forms = new ArrayList<Object>();
    var places = new ArrayList<Place>();
    for (Limit limit : limits) {
      if (db.entid(entity(limit.key())).isEmpty()) {
        connection.transact(List.of(Map.of(":attempts/key", limit.key())));
        return Optional.empty(); // an entity that is there can be compared and set
      }
      Place place = new Place(limit.key(), free(all(db, limit.key()), now));
      places.add(place);
      forms.addAll(forms(db, place, now));
    }
    try {
      connection.transact(forms);
      return Optional.of(new Answer.Taken(places));
    } catch (BitsException refused) {
      if (refused.is(DbError.CAS_FAILED) || refused.is(DbError.NOT_AN_ENTITY)) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /// Two attempts of one millisecond are two.
  private static Instant free(Set<Instant> taken, Instant now) {
    Instant at = now;
    while (taken.contains(at)) {
      at = at.plusMillis(1);
    }
    return at;
  }

  private static List<Object> forms(Db db, Place place, Instant now) {
    Long version =
        db.pull("[:attempts/version]", entity(place.key()))
            .integer(":attempts/version")
            .orElse(null);
    var forms = new ArrayList<Object>();
    forms.add(
        Arrays.asList(
            ":db/cas",
            entity(place.key()),
            ":attempts/version",
            version,
            version == null ? 1L : version + 1));
    for (Instant at : all(db, place.key())) {
      if (!at.plus(WINDOW).isAfter(now)) {
        forms.add(List.of(":db/retract", entity(place.key()), ":attempts/at", at));
      }
    }
    var facts = new LinkedHashMap<String, Object>();
    facts.put(":db/id", entity(place.key()));
    facts.put(":attempts/at", place.at());
    facts.put(":attempts/until", place.at().plus(WINDOW));
    forms.add(facts);
    return forms;
  }

  /// The forms that say that these attempts did not fail.
  public static List<Object> giveBack(Answer.Taken taken) {
    return List.copyOf(
        taken.places().stream()
            .map(place -> List.of(":db/retract", entity(place.key()), ":attempts/at", place.at()))
            .toList());
  }

  /// The forms that retract what counts no more: at most so many, the oldest first.
  static List<Object> sweep(Db db, Instant now, int max) {
    var forms = new ArrayList<Object>();
    for (Datom datom : db.indexRange(":attempts/until", null, now)) {
      if (forms.size() == max) {
        break;
      }
      forms.add(List.of(":db/retractEntity", datom.e()));
    }
    return forms;
  }
}
